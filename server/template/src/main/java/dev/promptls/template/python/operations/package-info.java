/// What can be done with Python's values in an expression: operators, attributes, items, slices,
/// the methods of strings, collections and numbers, and the languages of formats.
@NullMarked
package dev.promptls.template.python.operations;

import org.jspecify.annotations.NullMarked;
