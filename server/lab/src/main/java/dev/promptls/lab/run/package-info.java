/// One prompt on one model: run it, ask its examples, count its tokens.
@NullMarked
package dev.promptls.lab.run;

import org.jspecify.annotations.NullMarked;
