/// What the files of a workspace say of each other: names, references, renaming. No I/O.
@NullMarked
package dev.promptls.prompt.workspace;

import org.jspecify.annotations.NullMarked;
