/// Handlebars: [Handlebars] is the door, [HandlebarsNode] and [HandlebarsExpr] the tree. The
/// [Parser] makes the tree, [Whitespace] takes out what stands alone, and the [Interpreter] and its
/// [Evaluator] run it.
@NullMarked
package dev.promptls.template.handlebars;

import org.jspecify.annotations.NullMarked;
