package dev.promptls.lsp.feature;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.promptls.lsp.GalleryPrompt;
import dev.promptls.lsp.ServerHost;
import dev.promptls.lsp.convert.Markdown;
import dev.promptls.model.ModelException;
import dev.promptls.prompt.syntax.PromptFile;
import java.util.List;
import java.util.Optional;
import org.eclipse.lsp4j.CompletionItem;

/// `completionItem/resolve`: the documentation of the item that is looked at. The item's data says
/// where it is: the text itself (`doc`), or the name of a model, a template or a partial's file.
public final class CompletionResolve implements Feature<CompletionItem> {
  private static final List<String> TOLD =
      List.of("architecture", "quantisation", "contextWindow", "licence");

  private final ServerHost host;

  public CompletionResolve(ServerHost host) {
    this.host = host;
  }

  @Override
  public CompletionItem answer(CompletionItem item, Moment moment) {
    if (item.getData() instanceof JsonObject data) {
      text(data, "doc")
          .or(() -> text(data, "model").flatMap(this::model))
          .or(() -> text(data, "template").flatMap(this::template))
          .or(() -> text(data, "file").flatMap(file -> partial(file, moment)))
          .filter(text -> !text.isBlank())
          .ifPresent(text -> item.setDocumentation(Markdown.content(text)));
    }
    return item;
  }

  private static Optional<String> text(JsonObject data, String name) {
    return data.get(name) instanceof JsonPrimitive value && value.isString()
        ? Optional.of(value.getAsString())
        : Optional.empty();
  }

  private Optional<String> template(String name) {
    return host.gallery().stream()
        .filter(prompt -> prompt.name().equals(name))
        .findFirst()
        .map((GalleryPrompt prompt) ->
            prompt.description() + "\n\n" + Markdown.block(prompt.text()));
  }

  private static Optional<String> partial(String path, Moment moment) {
    PromptFile file = moment.snapshot().sources(path).file(path);
    if (file == null) {
      return Optional.empty();
    }
    return Optional.of(PartialText.of(file));
  }

  /// What is known of a model: of one that is not installed, how much it can read.
  private Optional<String> model(String name) {
    return installed(name).or(() -> offered(name));
  }

  private Optional<String> offered(String name) {
    return host.offeredModels().stream()
        .filter(model -> model.name().equals(name))
        .findFirst()
        .map(model ->
            "**%s** · %s%s"
                .formatted(
                    name,
                    model.what(),
                    model.contextWindow() == 0
                        ? ""
                        : ", reads up to " + model.contextWindow() + " tokens"));
  }

  private Optional<String> installed(String name) {
    try {
      if (!(host.modelInfo(name) instanceof JsonObject info)) {
        return Optional.empty();
      }
      var text = new StringBuilder("**" + name + "**\n\n");
      for (String field : TOLD) {
        if (info.get(field) instanceof JsonPrimitive value) {
          text.append("- %s: %s\n".formatted(field, Markdown.code(value.getAsString())));
        }
      }
      return Optional.of(text.toString());
    } catch (ModelException hosted) {
      return Optional.empty();
    }
  }
}
