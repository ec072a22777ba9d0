/// The child process that holds a model, and its supervisor. The child is disposable: a model file
/// may crash it, and then one request fails with a sentence and the next starts a new child.
///
/// Both ends speak JSON, one message a line: the parent writes [ToChild] to the child's standard
/// input, the child writes [ToParent] to its standard output.
@NullMarked
package dev.promptls.model.host;

import org.jspecify.annotations.NullMarked;
