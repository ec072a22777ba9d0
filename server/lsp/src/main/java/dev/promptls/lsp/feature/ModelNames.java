package dev.promptls.lsp.feature;

import com.google.gson.JsonObject;
import dev.promptls.lsp.OfferedModel;
import dev.promptls.lsp.ServerHost;
import dev.promptls.lsp.feature.CompletionFeature.Spot;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionItemKind;

/// The models that a prompt can name.
final class ModelNames {
  private ModelNames() {}

  /// @param gap what is still to be written between the key and its value
  static List<CompletionItem> at(Spot spot, ServerHost host, String typed, String gap) {
    // Publishers stand before a slash, and models are known without them.
    String name = typed.substring(typed.lastIndexOf('/') + 1);
    var items = new ArrayList<CompletionItem>();
    for (OfferedModel model : host.offeredModels()) {
      CompletionItem item =
          Items.item(
              spot,
              name.length(),
              model.name(),
              CompletionItemKind.EnumMember,
              gap + model.name(),
              false);
      int window = model.contextWindow();
      item.setDetail(model.what() + (window == 0 ? "" : " · " + window + " tokens"));
      var data = new JsonObject();
      data.addProperty("model", model.name());
      item.setData(data);
      items.add(item);
    }
    return Items.inOrder(Items.FIRST, items);
  }
}
