/// Jinja: [Jinja] is the door, [JinjaNode] and [JinjaExpr] the tree. A [Lexer] gives tokens, the
/// [Parser] makes the tree of them, and the [Interpreter] and its [Evaluator] run it.
@NullMarked
package dev.promptls.template.jinja;

import org.jspecify.annotations.NullMarked;
