/// What the user has set, in the user's own configuration folder.
@NullMarked
package dev.promptls.model.settings;

import org.jspecify.annotations.NullMarked;
