package dev.promptls.app;

import com.google.gson.JsonElement;
import dev.promptls.lab.Json;
import dev.promptls.lab.Models;
import dev.promptls.lab.models.Pulling;
import dev.promptls.lsp.GalleryPrompt;
import dev.promptls.lsp.PullConsent;
import dev.promptls.lsp.ServerHost;
import dev.promptls.lsp.session.Settings;
import dev.promptls.model.ModelException;
import dev.promptls.model.store.Progress;
import dev.promptls.prompt.render.References;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the language server is given by this program.
record EditorHost(Workbench bench, ModelFlags flags) implements ServerHost {
  @Override
  public Models models(PullConsent consent, Settings settings) {
    try {
      return bench.models(flags, settings.device(), settings.threads(), new AskedPulling(consent));
    } catch (ModelException e) {
      return new BrokenModels(e);
    }
  }

  @Override
  public List<GalleryPrompt> gallery() {
    return Gallery.prompts();
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
