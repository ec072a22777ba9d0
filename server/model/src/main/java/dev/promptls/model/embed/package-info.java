/// Texts to vectors whose angles say how near in meaning the texts are.
@NullMarked
package dev.promptls.model.embed;

import org.jspecify.annotations.NullMarked;
