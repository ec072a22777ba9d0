/// HTTP as models need it: time limits on silence, cancellation, and credentials that stay with
/// their host.
@NullMarked
package dev.promptls.model.web;

import org.jspecify.annotations.NullMarked;
