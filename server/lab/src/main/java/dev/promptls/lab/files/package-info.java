/// Files on the disk: which are prompts, which are ignored, and what may be read. Everything that
/// reads prompts from a disk does it through here.
@NullMarked
package dev.promptls.lab.files;

import org.jspecify.annotations.NullMarked;
