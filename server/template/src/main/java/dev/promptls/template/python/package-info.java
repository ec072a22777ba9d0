/// What values mean to Python, by which Jinja goes: truth, equality, order and text, and the values
/// that only templates make, such as tuples, ranges and macros. What one can do with them is in
/// `operations`.
@NullMarked
package dev.promptls.template.python;

import org.jspecify.annotations.NullMarked;
