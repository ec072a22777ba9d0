package dev.promptls.prompt.render;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.promptls.prompt.syntax.MessageNode;
import dev.promptls.prompt.syntax.Problem;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.Severity;
import dev.promptls.prompt.syntax.YamlNode;
import dev.promptls.prompt.text.Span;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What the reference of GitHub Models (github/gh-models, `pkg/prompt`) refuses to load.
final class GithubFaults {
  private static final List<String> ROLES = List.of("system", "user", "assistant");
  private static final List<String> RESPONSES = List.of("text", "json_object", "json_schema");

  private GithubFaults() {}

  static void find(PromptFile file, Consumer<Problem> problems) {
    for (Problem problem : file.problems()) {
      if (problem.severity() == Severity.ERROR) {
        problems.accept(problem);
      }
    }
    messages(file, problems);
    responseFormat(file, problems);
  }

  private static void messages(PromptFile file, Consumer<Problem> problems) {
    YamlNode messages = file.at("messages");
    if (!(messages instanceof YamlNode.Sequence list)) {
      Span span = messages == null ? Span.at(file.body().start()) : messages.span();
      String message = "A GitHub Models prompt needs a list 'messages' of {role, content}.";
      problems.accept(new Problem("missing-messages", span, Severity.ERROR, message));
      return;
    }
    for (YamlNode item : list.items()) {
      YamlNode content = item.get("content");
      if (content != null && !(content instanceof YamlNode.Scalar)) {
        String message = "The content of a message must be a string.";
        problems.accept(new Problem("wrong-type", content.span(), Severity.ERROR, message));
      }
    }
    for (MessageNode message : file.messages()) {
      Span span = message.roleSpan();
      if (span == null || !ROLES.contains(message.role())) {
        String role = span == null ? "This message has no role" : "Unknown role " + message.role();
        String text = role + "; it must be system, user or assistant.";
        Span at = span == null ? message.span() : span;
        problems.accept(new Problem("unknown-role", at, Severity.ERROR, text));
      }
    }
  }

  private static void responseFormat(PromptFile file, Consumer<Problem> problems) {
    YamlNode format = file.at("responseFormat");
    YamlNode schema = file.at("jsonSchema");
    String name = format == null ? null : format.string();
    if (format != null && name != null && !RESPONSES.contains(name)) {
      String message = "responseFormat must be text, json_object or json_schema.";
      problems.accept(new Problem("wrong-value", format.span(), Severity.ERROR, message));
    }
    String wrong = schema == null ? null : schemaFault(schema, "json_schema".equals(name));
    if (schema != null && wrong != null) {
      problems.accept(new Problem("invalid-schema", schema.span(), Severity.ERROR, wrong));
    } else if (schema == null && format != null && "json_schema".equals(name)) {
      String message = "responseFormat json_schema needs a jsonSchema.";
      problems.accept(new Problem("invalid-schema", format.span(), Severity.ERROR, message));
    }
  }

  private static @Nullable String schemaFault(YamlNode node, boolean demanded) {
    String text = node.string();
    if (text == null) {
      return "jsonSchema must be a string that holds JSON; write it as a block with |-.";
    }
    try {
      if (!(JsonParser.parseString(text) instanceof JsonObject object)) {
        return "jsonSchema must hold a JSON object.";
      }
      for (String key : List.of("name", "schema")) {
        if (demanded && !object.has(key)) {
          return "jsonSchema must have a field '" + key + "'.";
        }
      }
      return null;
    } catch (JsonParseException e) {
      return "jsonSchema must be a string that holds JSON.";
    }
  }
}
