package dev.promptls.prompt.render;

import dev.promptls.template.TemplateException;
import dev.promptls.template.handlebars.Handlebars;
import java.util.Map;

/// The helpers that dotprompt adds to Handlebars (google/dotprompt, `helpers.ts`). Those that
/// structure the conversation leave markers, at which [MessageCutter] cuts.
final class DotpromptHelpers {
  private static final int MAX_JSON = 16 << 20;

  private static final Map<String, Handlebars.Helper> HELPERS =
      Map.of(
          "json", DotpromptHelpers::json,
          "role", call -> "<<<dotprompt:role:" + call.text(0) + ">>>",
          "history", call -> "<<<dotprompt:history>>>",
          "section", call -> "<<<dotprompt:section " + call.text(0) + ">>>",
          "media", DotpromptHelpers::media,
          "ifEquals", call -> equal(call) ? call.block() : call.inverse(),
          "unlessEquals", call -> equal(call) ? call.inverse() : call.block());

  private DotpromptHelpers() {}

  static Handlebars.Options options(PartialResolver partials) {
    return new Handlebars.Options(HELPERS, partials::partial, partials::named);
  }

  private static String json(Handlebars.Call call) throws TemplateException {
    requireArguments(call, 1);
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
      throw refused("This value is too large to print as JSON.");
    }
    return json;
  }

  private static String media(Handlebars.Call call) throws TemplateException {
    requireArguments(call, 0);
    Object type = call.hash().get("contentType");
    boolean typed = type != null && !type.equals("") && !type.equals(false);
    return "<<<dotprompt:media:url "
        + call.text("url")
        + (typed ? " " + call.text("contentType") : "")
        + ">>>";
  }

  private static boolean equal(Handlebars.Call call) throws TemplateException {
    requireArguments(call, 2);
    if (!call.isBlock()) {
      throw refused("'%s' needs a block; write '{{#%s ...}}'.".formatted(call.name(), call.name()));
    }
    if (call.isUndefined(0) || call.isUndefined(1)) {
      return call.isUndefined(0) && call.isUndefined(1);
    }
    return Handlebars.strictlyEqual(call.argument(0), call.argument(1));
  }

  /// The reference takes the value behind the last argument for its options, and fails.
  private static void requireArguments(Handlebars.Call call, int count) throws TemplateException {
    if (call.arguments().size() != count) {
      String wanted =
          switch (count) {
            case 0 -> "only arguments with names";
            case 1 -> "exactly one argument";
            default -> "exactly " + count + " arguments";
          };
      throw refused("'" + call.name() + "' takes " + wanted + ".");
    }
  }

  private static TemplateException refused(String sentence) {
    return new TemplateException(sentence, "", 0, 0);
  }
}
