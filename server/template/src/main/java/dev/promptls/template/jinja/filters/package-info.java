/// Jinja's filters and tests, and the texts that some of them make: JSON, HTML links, wrapped
/// lines, numbers read as Python reads them.
@NullMarked
package dev.promptls.template.jinja.filters;

import org.jspecify.annotations.NullMarked;
