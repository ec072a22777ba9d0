package dev.promptls.model.onnx;

import dev.promptls.model.ModelException;
import java.nio.file.Path;

/// Sentences about a graph that is not run.
record GraphRefusal(Path file) {
  private static final int SHOWN = 80;

  ModelException of(String what) {
    return new ModelException(
        "The model %s %s: get it again from its publisher, or choose another."
            .formatted(file, what));
  }

  /// @param name as the file gives it: anything
  ModelException of(String before, String name, String after) {
    String line = name.replaceAll("\\p{Cntrl}+", " ");
    String shown = line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line;
    return of((before + " `" + shown + "` " + after).strip());
  }

  ModelException incomplete(String location) {
    return new ModelException(
        "The model %s keeps its weights in %s, which is not there: put that file beside it."
            .formatted(file, location));
  }
}
