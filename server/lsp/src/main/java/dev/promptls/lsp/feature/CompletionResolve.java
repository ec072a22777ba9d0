package dev.promptls.lsp.feature;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.promptls.lsp.convert.Markdown;
import org.eclipse.lsp4j.CompletionItem;

/// `completionItem/resolve`: the documentation of the item that is looked at.
public final class CompletionResolve implements Feature<CompletionItem> {
  @Override
  public CompletionItem answer(CompletionItem item, Moment moment) {
    if (item.getData() instanceof JsonObject data
        && data.get("doc") instanceof JsonPrimitive documentation) {
      item.setDocumentation(Markdown.content(documentation.getAsString()));
    }
    return item;
  }
}
