package dev.promptls.lab.models;

import dev.promptls.model.host.ChildCommand;
import dev.promptls.model.settings.UserSettings;
import dev.promptls.model.store.Store;
import java.util.Map;

/// What [UserModels] works with.
///
/// @param environment variables by name, for the keys of endpoints
/// @param device `auto`, `cpu`, `cuda` or `cuda:n`
/// @param threads for arithmetic; 0 chooses
/// @param offline never connects
/// @param pulling told when a model is brought, and asked before
/// @param child how a process for a model is started
public record ModelsSetup(
    Store store,
    UserSettings settings,
    Map<String, String> environment,
    String device,
    int threads,
    boolean offline,
    Pulling pulling,
    ChildCommand child) {}
