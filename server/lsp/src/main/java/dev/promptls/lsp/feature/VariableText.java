package dev.promptls.lsp.feature;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.promptls.lab.Json;
import dev.promptls.lsp.convert.Markdown;
import dev.promptls.lsp.session.Document;
import dev.promptls.prompt.syntax.InputDeclaration;
import dev.promptls.prompt.syntax.VariableUse;
import java.util.ArrayList;

/// What is said of a variable: its type, its default, and where it is set.
final class VariableText {
  private static final int MOST = 400;

  private VariableText() {}

  static String of(VariableUse use, Document document, Moment moment) {
    InputDeclaration input = document.file().input(use.name());
    if (!use.scope().isEmpty() && !use.name().startsWith("@")) {
      String inner =
          "**%s** · taken from each item of %s"
              .formatted(String.join(".", use.path()), Markdown.code(use.scope().getLast()));
      return input == null ? inner : inner + ", else\n\n" + of(input, document, moment);
    }
    if (input != null) {
      return of(input, document, moment);
    }
    return use.name().startsWith("@")
        ? "**%s** · given by the program that runs the prompt, or by the block around it"
            .formatted(use.name())
        : ("**%s** · not declared\n\n"
                + "It is empty unless the program that runs the prompt gives it; declare it under"
                + " `input.schema` or give it a default under `input.default`.")
            .formatted(use.name());
  }

  static String of(InputDeclaration input, Document document, Moment moment) {
    var text = new ArrayList<String>();
    String type = input.type().isEmpty() ? "any type" : input.type();
    text.add(
        "**%s** · %s · %s"
            .formatted(input.name(), type, input.required() ? "required" : "optional"));
    if (!input.description().isEmpty()) {
      text.add(input.description());
    }
    if (input.defaulted()) {
      String value = Json.line(Json.ofPlain(input.defaultValue()));
      text.add("Default: " + Markdown.code(Markdown.cut(value, MOST)));
    }
    JsonObject chosen = moment.snapshot().inputs().get(document.uri());
    JsonElement value = chosen == null ? null : chosen.get(input.name());
    if (value != null) {
      text.add("Active input: " + Markdown.code(Markdown.cut(value.toString(), MOST)));
    }
    int line = document.lines().line(input.span().start()) + 1;
    var defaultSpan = input.defaultSpan();
    text.add(
        defaultSpan == null
            ? "Declared in line %d.".formatted(line)
            : "Declared in line %d, set in line %d."
                .formatted(line, document.lines().line(defaultSpan.start()) + 1));
    return String.join("\n\n", text);
  }
}
