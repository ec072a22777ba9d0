package dev.promptls.model.onnx;

import dev.promptls.model.ModelException;
import dev.promptls.model.ModelInfo;
import java.nio.file.Path;

/// A folder with an ONNX decoder: one that [Importer] wrote, or one as others publish them. Opening
/// it reads neither vocabulary nor weights.
public sealed interface ModelFolder permits ImportedFolder, PublishedFolder {
  /// @throws ModelException if the folder is incomplete, damaged or of an unknown kind
  static ModelFolder open(Path path) throws ModelException {
    return ImportedFolder.isImported(path) ? ImportedFolder.open(path) : PublishedFolder.open(path);
  }

  ModelInfo info();

  /// Reads the vocabulary.
  ///
  /// @throws ModelException if it is damaged or of a kind not known here
  FolderVocabulary vocabulary() throws ModelException;

  /// Whether `load` gives another graph for exact arithmetic.
  boolean hasExact();

  /// Checks the graph and loads the weights.
  ///
  /// @param exact float arithmetic instead of 8-bit activations, where [#hasExact]
  /// @throws ModelException if the graph is broken or hostile, or the device is not there
  Decoder load(boolean exact, Hardware hardware) throws ModelException;
}
