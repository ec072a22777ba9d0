package dev.promptls.app;

import com.google.gson.JsonElement;
import dev.promptls.lab.Json;
import dev.promptls.lab.Models;
import dev.promptls.lab.models.Pulling;
import dev.promptls.lsp.GalleryPrompt;
import dev.promptls.lsp.OfferedModel;
import dev.promptls.lsp.PullConsent;
import dev.promptls.lsp.ServerHost;
import dev.promptls.lsp.session.Settings;
import dev.promptls.model.ModelException;
import dev.promptls.model.settings.UserSettings;
import dev.promptls.model.store.Catalogue;
import dev.promptls.model.store.InstalledModel;
import dev.promptls.model.store.Progress;
import dev.promptls.model.store.Store;
import dev.promptls.model.tokens.KnownModels;
import dev.promptls.prompt.render.References;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the language server is given by this program.
record EditorHost(Workbench bench, ModelFlags flags) implements ServerHost {
  private static final Logger LOG = LoggerFactory.getLogger(EditorHost.class);

  @Override
  public Models models(PullConsent consent, Settings settings) {
    try {
      return bench.models(flags, settings.device(), settings.threads(), new AskedPulling(consent));
    } catch (ModelException e) {
      return new BrokenModels(e);
    }
  }

  @Override
  public boolean mayRead(String variable) {
    try {
      return bench.settings().allowedEnvironment().contains(variable);
    } catch (ModelException unreadable) {
      // What is wrong with the settings is said when a model is wanted.
      LOG.debug("The settings cannot be read.", unreadable);
      return true;
    }
  }

  @Override
  public List<GalleryPrompt> gallery() {
    return Gallery.prompts();
  }

  @Override
  public List<OfferedModel> offeredModels() {
    List<OfferedModel> models = new ArrayList<>();
    try {
      Store store = bench.store();
      for (InstalledModel each : store.list()) {
        models.add(new OfferedModel(each.name(), "installed", contextWindow(store, each)));
      }
      bench
          .settings()
          .endpoints()
          .forEach((name, each) ->
              models.add(
                  new OfferedModel(
                      each.model().isEmpty() ? UserSettings.REMOTE + name : each.model(),
                      "endpoint " + name,
                      0)));
    } catch (ModelException unreadable) {
      // What is wrong with the store or the settings is said when a model is wanted.
      LOG.debug("The models at hand cannot be listed.", unreadable);
    }
    KnownModels.all()
        .forEach(each -> models.add(new OfferedModel(each.name(), "hosted", each.contextWindow())));
    return models;
  }

  private static int contextWindow(Store store, InstalledModel model) {
    return store.catalogue().find(model.name()).map(Catalogue.Entry::contextWindow).orElse(0);
  }

  @Override
  public JsonElement modelInfo(String model) throws ModelException {
    return Json.tree(ModelDescription.of(bench, model));
  }

  @Override
  public References references(@Nullable Path folder) throws ModelException {
    return bench.references(folder);
  }

  @Override
  public @Nullable String model() {
    return flags.first();
  }

  @Override
  public String version() {
    return Version.TEXT;
  }

  private record AskedPulling(PullConsent consent) implements Pulling {
    @Override
    public boolean mayPull(String model, long bytes) {
      return consent.mayPull(model, bytes);
    }

    @Override
    public Progress progress() {
      return Progress.NONE;
    }
  }
}
