package dev.promptls.bench;

import dev.promptls.model.Cancellation;
import dev.promptls.model.ModelException;
import dev.promptls.model.Tokenizer;
import dev.promptls.model.gguf.GgufFile;
import dev.promptls.model.host.HostSettings;
import dev.promptls.model.onnx.Importer;
import dev.promptls.model.onnx.ModelFolder;
import dev.promptls.model.store.InstalledModel;
import dev.promptls.model.store.ModelReference;
import dev.promptls.model.store.Progress;
import dev.promptls.model.store.Store;
import dev.promptls.model.tokens.GgufVocabulary;
import dev.promptls.model.tokens.ModelTokenizer;
import dev.promptls.model.tokens.NativeLibraries;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What every measurement works with: the model of the user's store, a text, this repository.
///
/// @param progress where to say how far it is
record TestBed(
    Options options, Path root, Store store, InstalledModel model, PrintStream progress) {
  /// @throws ModelException if the model is neither installed nor to be had
  static TestBed of(Options options, PrintStream progress) throws ModelException {
    Store store = Store.userDefault(System.getenv());
    NativeLibraries.unpackInto(store.home().resolve("native"));
    return new TestBed(options, repository(), store, installed(store, options.model()), progress);
  }

  /// The repository, as the script tells it.
  static Path repository() {
    return Path.of(System.getProperty("promptls.root", "")).toAbsolutePath();
  }

  private static InstalledModel installed(Store store, @Nullable String asked)
      throws ModelException {
    String name = asked == null ? store.catalogue().defaultModel().name() : asked;
    Optional<InstalledModel> found = store.find(name);
    if (found.isPresent()) {
      return found.get();
    }
    return asked == null
        ? store.pull(new ModelReference.Named(name), Progress.NONE, new Cancellation(), false)
        : store.info(name);
  }

  /// The model as the engine runs it.
  ModelFolder folder() throws ModelException {
    return ModelFolder.open(imported());
  }

  /// Where the model is imported; done here where it is not yet.
  private Path imported() throws ModelException {
    try (GgufFile file = GgufFile.open(model.path())) {
      var _ = Importer.check(file, model.name());
      return store.buildOnce(
          model.sha256() + "/" + Importer.FORMAT,
          Progress.NONE,
          new Cancellation(),
          staged -> Importer.write(file, model.name(), staged));
    }
  }

  HostSettings host(int threads) throws ModelException {
    return new HostSettings(model.name(), model.sha256(), imported(), store.home(), "cpu", threads);
  }

  Tokenizer tokenizer() throws ModelException {
    try (GgufFile file = GgufFile.open(model.path())) {
      return ModelTokenizer.of(GgufVocabulary.of(model.name(), file.metadata()));
    }
  }

  /// English prose that every clone has: some 2,500 tokens of licence, its lines joined to
  /// paragraphs.
  static String prose() throws IOException {
    return Files.readString(repository().resolve("LICENSE"))
        .replaceAll("(\\S)\\n[ \\t]*(?=\\S)", "$1 ")
        .replaceAll("[ \\t]+", " ")
        .strip();
  }

  void say(String line) {
    progress.println(line);
  }
}
