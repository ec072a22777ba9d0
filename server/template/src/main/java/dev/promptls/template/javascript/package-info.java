/// What values mean to JavaScript, by which Handlebars and Mustache go.
@NullMarked
package dev.promptls.template.javascript;

import org.jspecify.annotations.NullMarked;
