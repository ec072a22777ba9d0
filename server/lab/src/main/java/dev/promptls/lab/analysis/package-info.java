/// What can be found out about a prompt and its examples by trying them: one analysis a class, each
/// with its JSON.
@NullMarked
package dev.promptls.lab.analysis;

import org.jspecify.annotations.NullMarked;
