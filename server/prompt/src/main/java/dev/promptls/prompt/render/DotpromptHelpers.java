package dev.promptls.prompt.render;

import dev.promptls.template.Handlebars;
import dev.promptls.template.TemplateException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The helpers that dotprompt adds to Handlebars (google/dotprompt, `helpers.ts`). Those that
/// structure the conversation leave markers, at which [MessageCutter] cuts.
final class DotpromptHelpers {
  private static final int MAX_JSON = 16 << 20;

  private static final Map<String, Handlebars.Helper> HELPERS =
      Map.of(
          "json", DotpromptHelpers::json,
          "role", call -> "<<<dotprompt:role:" + argument(call) + ">>>",
          "history", call -> "<<<dotprompt:history>>>",
          "section", call -> "<<<dotprompt:section " + argument(call) + ">>>",
          "media", DotpromptHelpers::media,
          "ifEquals", call -> equal(call) ? call.block() : call.inverse(),
          "unlessEquals", call -> equal(call) ? call.inverse() : call.block());

  private DotpromptHelpers() {}

  static Handlebars.Options options(PartialResolver partials) {
    return new Handlebars.Options(HELPERS, partials::partial, partials::named);
  }

  private static String json(Handlebars.Call call) throws TemplateException {
    if (call.isUndefined(0)) {
      return "undefined";
    }
    String indent =
        switch (call.hash().get("indent")) {
          case Number width -> " ".repeat(Math.clamp(width.intValue(), 0, 10));
          case String text -> text.substring(0, Math.min(10, text.length()));
          case null, default -> "";
        };
    String json = JsonPrinter.print(call.argument(0), indent, MAX_JSON);
    if (json == null) {
      throw new TemplateException("This value is too large to print as JSON.", "", 0, 0);
    }
    return json;
  }

  private static String media(Handlebars.Call call) {
    Map<String, @Nullable Object> hash = call.hash();
    Object url = hash.containsKey("url") ? hash.get("url") : "undefined";
    Object type = hash.get("contentType");
    String typed = type == null || type.equals("") || type.equals(false) ? "" : " " + type;
    return "<<<dotprompt:media:url " + url + typed + ">>>";
  }

  private static String argument(Handlebars.Call call) {
    return call.isUndefined(0) ? "undefined" : String.valueOf(call.argument(0));
  }

  private static boolean equal(Handlebars.Call call) {
    if (call.isUndefined(0) || call.isUndefined(1)) {
      return call.isUndefined(0) && call.isUndefined(1);
    }
    return Handlebars.strictlyEqual(call.argument(0), call.argument(1));
  }
}
