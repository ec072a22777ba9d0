/// Models behind an OpenAI-compatible endpoint.
@NullMarked
package dev.promptls.model.remote;

import org.jspecify.annotations.NullMarked;
