/// What reading and rendering stand on in every language: the [Meter] that stops what takes too
/// much, the [Failure] that ends it, the values it works on (copied by [Adoption], so that nobody
/// else changes them), and the [Output] that remembers where each part came from.
@NullMarked
package dev.promptls.template.run;

import org.jspecify.annotations.NullMarked;
