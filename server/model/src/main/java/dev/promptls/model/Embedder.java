package dev.promptls.model;

import java.util.List;

/// A model that turns texts into vectors. Safe for use by several threads.
public interface Embedder extends AutoCloseable {
  /// The vectors of some texts, in their order: [#dimensions] long, of length 1, so that the dot
  /// product of two is the cosine of their angle. A text longer than the model can read is cut.
  ///
  /// @throws ModelException if the model fails
  List<float[]> embed(List<String> texts) throws ModelException;

  int dimensions();

  @Override
  void close();
}
