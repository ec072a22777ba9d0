/// What a model can do: small interfaces, records in and out.
@NullMarked
package dev.promptls.model;

import org.jspecify.annotations.NullMarked;
