package dev.promptls.lab.models;

import dev.promptls.lab.ModelTokens;
import dev.promptls.model.Cancellation;
import dev.promptls.model.LanguageModel;
import dev.promptls.model.ModelException;
import dev.promptls.model.ModelInfo;
import dev.promptls.model.chat.ChatTemplate;
import dev.promptls.model.gguf.GgufFile;
import dev.promptls.model.host.ChildModel;
import dev.promptls.model.host.HostSettings;
import dev.promptls.model.onnx.Importer;
import dev.promptls.model.onnx.ModelFolder;
import dev.promptls.model.store.Catalogue;
import dev.promptls.model.store.InstalledModel;
import dev.promptls.model.store.ModelReference;
import dev.promptls.model.tokens.GgufVocabulary;
import dev.promptls.model.tokens.ModelTokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A model on this machine, from its name to what answers.
///
/// @param name a name of the store or the catalogue, a file or a folder
record LocalModel(ModelsSetup setup, String name) implements Source {
  @Override
  public ModelTokens tokens() throws ModelException {
    InstalledModel installed = installed();
    if (installed.kind() == InstalledModel.Kind.ONNX) {
      ModelFolder folder = ModelFolder.open(installed.path());
      return tokens(folder.info(), folder.vocabulary().tokenizer());
    }
    // Straight from the file: counting needs no import.
    try (GgufFile file = GgufFile.open(installed.path())) {
      ModelInfo info = Importer.check(file, installed.name());
      return tokens(info, ModelTokenizer.of(GgufVocabulary.of(installed.name(), file.metadata())));
    }
  }

  private static ModelTokens tokens(ModelInfo info, ModelTokenizer tokenizer)
      throws ModelException {
    return new ModelTokens(info, tokenizer, new TemplateFormat(ChatTemplate.of(info)));
  }

  @Override
  public LanguageModel load() throws ModelException {
    InstalledModel installed = installed();
    HostSettings host =
        new HostSettings(
            installed.name(),
            installed.sha256(),
            prepared(installed),
            setup.store().home(),
            setup.device(),
            setup.threads());
    return ChildModel.open(host, setup.child());
  }

  private InstalledModel installed() throws ModelException {
    Optional<InstalledModel> found = setup.store().find(name);
    if (found.isPresent()) {
      return found.get();
    }
    Catalogue.Entry standard = setup.store().catalogue().defaultModel();
    boolean isStandard = setup.store().catalogue().find(name).filter(standard::equals).isPresent();
    if (!isStandard || setup.offline()) {
      return setup.store().info(name);
    }
    if (!setup.pulling().mayPull(standard.name(), standard.bytes())) {
      throw new ModelException(
          "The model %1$s is not installed: run `promptls model pull %1$s`."
              .formatted(standard.name()));
    }
    return setup
        .store()
        .pull(
            new ModelReference.Named(standard.name()),
            setup.pulling().progress(),
            new Cancellation(),
            false);
  }

  /// The folder that the engine runs. A file is checked before anything is made of it.
  private Path prepared(InstalledModel model) throws ModelException {
    if (model.kind() == InstalledModel.Kind.ONNX) {
      return model.path();
    }
    String key = model.sha256() + "/" + Importer.FORMAT;
    Path imported = setup.store().imported(key);
    if (Files.isDirectory(imported)) {
      return imported;
    }
    try (GgufFile file = GgufFile.open(model.path())) {
      var _ = Importer.check(file, model.name());
      return setup
          .store()
          .buildOnce(
              key,
              setup.pulling().progress(),
              new Cancellation(),
              staged -> Importer.write(file, model.name(), staged));
    }
  }
}
