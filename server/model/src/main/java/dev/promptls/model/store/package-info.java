/// Models on this machine: where they come from, where they lie, and which one is meant.
@NullMarked
package dev.promptls.model.store;

import org.jspecify.annotations.NullMarked;
