/// What can be written in a prompt file, as data for hover and completion.
@NullMarked
package dev.promptls.prompt.vocabulary;

import org.jspecify.annotations.NullMarked;
