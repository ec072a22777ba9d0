/// From messages to the text that a model was trained to continue.
@NullMarked
package dev.promptls.model.chat;

import org.jspecify.annotations.NullMarked;
