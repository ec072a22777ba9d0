package dev.promptls.app;

import dev.promptls.lab.ModelHandle;
import dev.promptls.lab.Models;
import dev.promptls.lab.files.PromptReferences;
import dev.promptls.lab.models.ModelsSetup;
import dev.promptls.lab.models.Pulling;
import dev.promptls.lab.models.UserModels;
import dev.promptls.model.Cancellation;
import dev.promptls.model.LanguageModel;
import dev.promptls.model.ModelException;
import dev.promptls.model.host.ChildCommand;
import dev.promptls.model.settings.UserSettings;
import dev.promptls.model.store.Store;
import dev.promptls.model.tokens.NativeLibraries;
import dev.promptls.prompt.render.References;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// What every command works with.
///
/// @param child how a process for a model is started
/// @param interrupted cancelled when the person presses Ctrl-C
record Workbench(Console console, ChildCommand child, Cancellation interrupted) {
  /// The launcher's AOT cache makes a child start in half the time.
  private static final String AOT_CACHE = "promptls.aot";

  static Workbench ofProcess(StandardOutput out, Cancellation interrupted) {
    String cache = System.getProperty(AOT_CACHE, "");
    List<String> options = cache.isEmpty() ? List.of() : List.of("-XX:AOTCache=" + cache);
    return new Workbench(
        Console.ofProcess(out),
        new ChildCommand(Main.class.getName(), List.of(HostEntry.NAME), options, false),
        interrupted);
  }

  /// The same, but models leave the processor to this process where both want it.
  Workbench beforeModels() {
    return new Workbench(console, child.behindParent(), interrupted);
  }

  /// Waits for a model, but not after the person pressed Ctrl-C.
  LanguageModel await(ModelHandle handle) throws ModelException {
    CompletableFuture<@Nullable Object> stop = new CompletableFuture<>();
    interrupted.onCancel(() -> stop.complete(null));
    var _ = CompletableFuture.anyOf(handle.model(), stop).handle((_, _) -> true).join();
    if (interrupted.isCancelled()) {
      throw new InterruptedCommand();
    }
    return handle.awaitModel();
  }

  UserSettings settings() throws ModelException {
    return UserSettings.load(console.environment());
  }

  /// What a prompt in a folder may take from this machine when it is rendered.
  ///
  /// @param folder null for a prompt that lies in none
  References references(@Nullable Path folder) throws ModelException {
    return new PromptReferences(folder, settings().allowedEnvironment(), console.environment());
  }

  /// The user's store.
  Store store() throws ModelException {
    Store store = Store.userDefault(console.environment()).alsoIn(settings().modelPaths());
    NativeLibraries.unpackInto(store.home().resolve("native"));
    return store;
  }

  /// The models that a command's flags allow; a missing default model is pulled, and that is said.
  Models models(ModelFlags flags) throws ModelException {
    return models(flags, null, 0, new SaidPulling(console));
  }

  /// @param device of the editor, which goes after the flag and before the user's settings
  /// @param threads as `device`; 0 if the editor says nothing
  Models models(ModelFlags flags, @Nullable String device, int threads, Pulling pulling)
      throws ModelException {
    UserSettings settings = settings();
    return new UserModels(
        new ModelsSetup(
            store(),
            settings,
            console.environment(),
            first("auto", flags.device(), device, settings.device()),
            first(0, flags.threads(), threads > 0 ? threads : null, settings.threads()),
            flags.offline,
            pulling,
            child));
  }

  @SafeVarargs
  private static <T> T first(T otherwise, @Nullable T... wishes) {
    for (T wish : wishes) {
      if (wish != null) {
        return wish;
      }
    }
    return otherwise;
  }
}
