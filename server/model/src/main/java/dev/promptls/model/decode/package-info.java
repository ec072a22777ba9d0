/// Runs requests on a decoder: prompts in, tokens out, one model thread, a cache of prefixes.
@NullMarked
package dev.promptls.model.decode;

import org.jspecify.annotations.NullMarked;
