/// Picoschema, JSON schema, and values checked against them.
@NullMarked
package dev.promptls.prompt.schema;

import org.jspecify.annotations.NullMarked;
