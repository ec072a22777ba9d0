package dev.promptls.bench;

import dev.promptls.model.ModelException;
import java.io.IOException;

/// One thing that can be measured.
@FunctionalInterface
interface Measurement {
  /// @throws ModelException if the model cannot be had or fails
  /// @throws IOException if a process that takes part fails, or a file cannot be read
  Report measure(TestBed bed) throws ModelException, IOException, InterruptedException;
}
