/// What the three template languages have in common for those who use them: a [Template] takes
/// variables and [Fuel] and gives a [Rendering], whose [SourceMap] says where each part of the text
/// came from. The languages are in `jinja`, `handlebars` and `mustache`; other rooms see these,
/// here, and `javascript`.
@NullMarked
package dev.promptls.template;

import org.jspecify.annotations.NullMarked;
