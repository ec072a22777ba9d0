/// Mustache: [Mustache] is the door, [MustacheNode] the tree.
@NullMarked
package dev.promptls.template.mustache;

import org.jspecify.annotations.NullMarked;
