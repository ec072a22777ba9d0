package dev.promptls.lsp;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.promptls.lab.ModelHandle;
import dev.promptls.lab.ModelTokens;
import dev.promptls.lab.Models;
import dev.promptls.lsp.session.Settings;
import dev.promptls.model.LanguageModel;
import dev.promptls.model.ModelException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A program with one model and two prompts in its gallery.
final class FakeHost implements ServerHost {
  /// The numbers of threads of the models that were closed, as they were closed.
  private final BlockingQueue<Integer> closed = new LinkedBlockingQueue<>();

  /// The names of the models that were ended by themselves, as they were ended.
  private final BlockingQueue<String> unloaded = new LinkedBlockingQueue<>();

  private final Function<Settings, CompletableFuture<LanguageModel>> loading;

  FakeHost(FakeModel model) {
    this(settings -> CompletableFuture.completedFuture(model));
  }

  /// @param loading what loads the model that runs as the settings want it
  FakeHost(Function<Settings, CompletableFuture<LanguageModel>> loading) {
    this.loading = loading;
  }

  /// The number of threads of the models that are closed next; null if none are.
  @Nullable Integer awaitClosed() throws InterruptedException {
    return closed.poll(RawClient.PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /// The name of the model that is ended by itself next; null if none is.
  @Nullable String awaitUnloaded() throws InterruptedException {
    return unloaded.poll(RawClient.PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /// Whether a model was ended by itself and nobody has awaited it.
  boolean hasUnloaded() {
    return !unloaded.isEmpty();
  }

  /// Whether models were closed and nobody has awaited it.
  boolean hasClosed() {
    return !closed.isEmpty();
  }

  @Override
  public Models models(PullConsent consent, Settings settings) {
    CompletableFuture<LanguageModel> model = loading.apply(settings);
    return new Models() {
      @Override
      public ModelHandle choose(@Nullable String asked, @Nullable String declared)
          throws ModelException {
        if ("missing".equals(asked)) {
          throw new ModelException("There is no model missing; pull one.");
        }
        return new Handle(model, asked == null ? FakeModel.INFO.name() : asked, unloaded);
      }

      @Override
      public ModelHandle chooseForCounting(@Nullable String asked, @Nullable String declared)
          throws ModelException {
        ModelHandle handle = choose(asked, declared);
        return "unpulled".equals(asked) ? new Unpulled(handle) : handle;
      }

      @Override
      public void close() {
        closed.add(settings.threads());
      }
    };
  }

  @Override
  public List<GalleryPrompt> gallery() {
    return List.of(
        new GalleryPrompt("few-shot/sentiment", "Four solved reviews", "---\nname: s\n---\nHi $x"),
        new GalleryPrompt("chain-of-thought/arithmetic", "Reasons first", "Think.\n"));
  }

  @Override
  public List<OfferedModel> offeredModels() {
    return List.of(
        new OfferedModel("fake", "installed", 0), new OfferedModel("gpt-4o", "hosted", 128_000));
  }

  @Override
  public JsonElement modelInfo(String name) {
    var info = new JsonObject();
    info.addProperty("name", name);
    return info;
  }

  @Override
  public String version() {
    return "test";
  }

  private record Handle(
      CompletableFuture<LanguageModel> model, String name, BlockingQueue<String> unloaded)
      implements ModelHandle {
    @Override
    public void unload() {
      unloaded.add(name);
    }

    @Override
    public @Nullable String notice() {
      return null;
    }

    @Override
    public CompletableFuture<ModelTokens> tokens() {
      return CompletableFuture.completedFuture(
          new ModelTokens(FakeModel.info(name), FakeModel.TOKENIZER, FakeModel::join));
    }
  }

  /// A model that is known, but not here.
  private record Unpulled(ModelHandle handle) implements ModelHandle {
    @Override
    public String name() {
      return "unpulled";
    }

    @Override
    public @Nullable String notice() {
      return null;
    }

    @Override
    public int contextWindow() {
      return 8_192;
    }

    @Override
    public CompletableFuture<ModelTokens> tokens() {
      return CompletableFuture.failedFuture(new ModelException("It is not here."));
    }

    @Override
    public CompletableFuture<LanguageModel> model() {
      return handle.model();
    }

    @Override
    public void unload() {
      handle.unload();
    }
  }
}
