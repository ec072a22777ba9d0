package dev.promptls.app;

import dev.promptls.lab.Models;
import dev.promptls.lab.models.ModelsSetup;
import dev.promptls.lab.models.Pulling;
import dev.promptls.lab.models.UserModels;
import dev.promptls.model.Cancellation;
import dev.promptls.model.ModelException;
import dev.promptls.model.host.ChildCommand;
import dev.promptls.model.settings.UserSettings;
import dev.promptls.model.store.Store;
import dev.promptls.model.tokens.NativeLibraries;
import java.util.List;
import java.util.Objects;

/// What every command works with.
///
/// @param child how a process for a model is started
/// @param interrupted cancelled when the person presses Ctrl-C
record Workbench(Console console, ChildCommand child, Cancellation interrupted) {
  /// The launcher's AOT cache makes a child start in half the time.
  private static final String AOT_CACHE = "promptls.aot";

  static Workbench ofProcess(Cancellation interrupted) {
    String cache = System.getProperty(AOT_CACHE, "");
    List<String> options = cache.isEmpty() ? List.of() : List.of("-XX:AOTCache=" + cache);
    return new Workbench(
        Console.ofProcess(),
        new ChildCommand(Main.class.getName(), List.of(HostEntry.NAME), options),
        interrupted);
  }

  UserSettings settings() throws ModelException {
    return UserSettings.load(console.environment());
  }

  /// The user's store.
  Store store() throws ModelException {
    Store store = Store.userDefault(console.environment()).alsoIn(settings().modelPaths());
    NativeLibraries.unpackInto(store.home().resolve("native"));
    return store;
  }

  /// The models that a command's flags allow; a missing default model is pulled, and that is said.
  Models models(ModelFlags flags) throws ModelException {
    return models(flags, new SaidPulling(console));
  }

  Models models(ModelFlags flags, Pulling pulling) throws ModelException {
    UserSettings settings = settings();
    return new UserModels(
        new ModelsSetup(
            store(),
            settings,
            console.environment(),
            flags.device() != null
                ? flags.device()
                : Objects.requireNonNullElse(settings.device(), "auto"),
            flags.threads() != null
                ? flags.threads()
                : Objects.requireNonNullElse(settings.threads(), 0),
            flags.offline,
            pulling,
            child));
  }
}
