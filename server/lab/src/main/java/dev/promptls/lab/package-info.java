/// Experiments on prompts: the models at hand, runs, examples, token counts, and their JSON.
@NullMarked
package dev.promptls.lab;

import org.jspecify.annotations.NullMarked;
