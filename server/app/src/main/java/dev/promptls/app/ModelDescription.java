package dev.promptls.app;

import dev.promptls.model.ModelException;
import dev.promptls.model.ModelInfo;
import dev.promptls.model.gguf.GgufFile;
import dev.promptls.model.onnx.Importer;
import dev.promptls.model.onnx.ModelFolder;
import dev.promptls.model.settings.Endpoint;
import dev.promptls.model.settings.UserSettings;
import dev.promptls.model.store.InstalledModel;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What `model info` tells of a model. What is not known is left out.
///
/// @param kind `gguf`, `onnx` or `remote`
/// @param path of its file or folder, or the address of its endpoint
/// @param contextWindow in tokens
record ModelDescription(
    String name,
    String kind,
    String path,
    @Nullable Long bytes,
    @Nullable String sha256,
    @Nullable String source,
    @Nullable String licence,
    @Nullable String architecture,
    @Nullable String quantisation,
    @Nullable Long parameters,
    @Nullable Integer contextWindow,
    @Nullable Integer vocabularySize,
    @Nullable Boolean chatTemplate) {
  /// Describes an installed model, a file, a folder or an endpoint.
  ///
  /// @throws ModelException if there is no such model, or its file is broken
  static ModelDescription of(Workbench bench, String name) throws ModelException {
    if (name.startsWith(UserSettings.REMOTE)) {
      return of(name, bench.settings().endpoint(name));
    }
    InstalledModel installed = bench.store().info(name);
    if (installed.kind() != InstalledModel.Kind.GGUF) {
      return of(installed, ModelFolder.open(installed.path()).info());
    }
    try (GgufFile file = GgufFile.open(installed.path())) {
      return of(installed, Importer.check(file, installed.name()));
    }
  }

  private static ModelDescription of(InstalledModel installed, ModelInfo info) {
    return new ModelDescription(
        installed.name(),
        installed.kind().name().toLowerCase(Locale.ROOT),
        installed.path().toString(),
        installed.bytes(),
        installed.sha256(),
        installed.source(),
        installed.licence(),
        info.architecture().isEmpty() ? null : info.architecture(),
        info.quantisation().isEmpty() ? null : info.quantisation(),
        info.parameters() == 0 ? null : (Long) info.parameters(),
        info.contextWindow(),
        info.vocabularySize(),
        info.chatTemplate() != null);
  }

  private static ModelDescription of(String name, Endpoint endpoint) {
    return new ModelDescription(
        name,
        "remote",
        endpoint.url().toString(),
        null,
        null,
        endpoint.model().isEmpty() ? null : endpoint.model(),
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }
}
