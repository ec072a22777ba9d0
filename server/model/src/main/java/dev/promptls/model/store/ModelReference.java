package dev.promptls.model.store;

import dev.promptls.model.ModelException;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What a model can be pulled from.
public sealed interface ModelReference {
  /// A name of the catalogue.
  record Named(String name) implements ModelReference {
    @Override
    public String toString() {
      return name;
    }
  }

  /// A file on the hub, written `hf:owner/repo/file[@revision]`.
  ///
  /// @param file may lie in folders
  record Hub(String repository, String file, String revision) implements ModelReference {
    @Override
    public String toString() {
      return "hf:" + repository + "/" + file + (revision.equals("main") ? "" : "@" + revision);
    }
  }

  /// A file on the web.
  ///
  /// @param address without fragment
  /// @param sha256 from the fragment `#sha256=…`
  record Web(URI address, @Nullable String sha256) implements ModelReference {
    @Override
    public String toString() {
      return address.toString();
    }
  }

  /// A GGUF file or a folder with an ONNX model on this machine.
  record Local(Path path) implements ModelReference {
    @Override
    public String toString() {
      return path.toString();
    }
  }

  /// Reads a reference as a user writes it.
  ///
  /// @throws ModelException if it is of none of the forms
  static ModelReference parse(String text) throws ModelException {
    return ReferenceSyntax.parse(text);
  }
}
