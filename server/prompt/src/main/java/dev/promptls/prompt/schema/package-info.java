/// Picoschema and JSON schema.
@NullMarked
package dev.promptls.prompt.schema;

import org.jspecify.annotations.NullMarked;
