package dev.promptls.lab.models;

import dev.promptls.lab.ModelHandle;
import dev.promptls.lab.Models;
import dev.promptls.model.ModelException;
import dev.promptls.model.settings.Endpoint;
import dev.promptls.model.settings.ModelChoice;
import dev.promptls.model.settings.UserSettings;
import dev.promptls.model.store.Catalogue;
import dev.promptls.model.store.InstalledModel;
import dev.promptls.model.tokens.KnownModels;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The models of this user: what is installed, files and folders, and the endpoints of the
/// settings. Each is loaded once and shared by all who choose it.
public final class UserModels implements Models {
  private static final Logger LOG = LoggerFactory.getLogger(UserModels.class);

  private final ModelsSetup setup;
  private final Map<String, Shared> shared = new ConcurrentHashMap<>();

  public UserModels(ModelsSetup setup) {
    this.setup = setup;
  }

  @Override
  public ModelHandle choose(@Nullable String asked, @Nullable String declared)
      throws ModelException {
    ModelChoice choice = choice(asked, declared);
    return handle(choice.model(), choice.note(), source(choice.model()));
  }

  @Override
  public ModelHandle chooseForCounting(@Nullable String asked, @Nullable String declared)
      throws ModelException {
    if (asked != null && isHosted(asked)) {
      return handle(asked, null, new HostedCount(asked));
    }
    ModelChoice choice = choice(asked, declared);
    if (choice.origin() == ModelChoice.Origin.DEFAULT && declared != null && isHosted(declared)) {
      return handle(declared, null, new HostedCount(declared));
    }
    return handle(choice.model(), choice.note(), source(choice.model()));
  }

  @Override
  public void close() {
    shared.values().forEach(Shared::close);
    shared.clear();
  }

  private ModelChoice choice(@Nullable String asked, @Nullable String declared) {
    return ModelChoice.choose(
        Optional.ofNullable(asked),
        Optional.ofNullable(setup.settings().model()),
        Optional.ofNullable(declared),
        this::available,
        setup.store().catalogue().defaultModel().name());
  }

  /// The name under which a model that a file asks for can be had here.
  private Optional<String> available(String name) {
    Optional<Endpoint> endpoint = setup.settings().endpointFor(name);
    if (endpoint.isPresent()) {
      return Optional.of(UserSettings.REMOTE + endpoint.get().name());
    }
    try {
      return setup.store().find(name).map(InstalledModel::name);
    } catch (ModelException e) {
      // A store that cannot be read has nothing to offer; whoever needs it will be told.
      LOG.debug("the store cannot be read", e);
      return Optional.empty();
    }
  }

  private boolean isHosted(String name) {
    return available(name).isEmpty() && KnownModels.find(name).isPresent();
  }

  private Source source(String model) throws ModelException {
    return model.startsWith(UserSettings.REMOTE)
        ? new RemoteSource(setup.settings().endpoint(model), setup.environment(), setup.offline())
        : new LocalModel(setup, model);
  }

  private ModelHandle handle(String name, @Nullable String notice, Source source) {
    Shared model = shared.computeIfAbsent(name, _ -> new Shared(source));
    return new Handle(name, notice, contextWindow(name), model);
  }

  private int contextWindow(String name) {
    return setup
        .store()
        .catalogue()
        .find(name)
        .map(Catalogue.Entry::contextWindow)
        .or(() -> KnownModels.find(name).map(KnownModels.KnownModel::contextWindow))
        .orElse(0);
  }
}
