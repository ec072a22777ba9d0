package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.ShiftedList;
import dev.promptls.prompt.text.Span;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What keeps a GitHub Models prompt from being sent, beside mistakes of YAML: what its reference
/// (github/gh-models, `pkg/prompt`) refuses to load, and messages that would be lost.
final class GithubFaults {
  private static final List<String> ROLES = List.of("system", "user", "assistant");
  private static final List<String> RESPONSES = List.of("text", "json_object", "json_schema");

  /// What a schema that is demanded must say.
  private static final List<String> SCHEMA_FIELDS = List.of("name", "schema");

  private final String text;
  private final List<Problem> problems = new ArrayList<>();

  private GithubFaults(String text) {
    this.text = text;
  }

  /// @param file whose YAML has no mistakes
  static List<Problem> in(String text, FrontMatter file) {
    GithubFaults faults = new GithubFaults(text);
    faults.messages(file);
    faults.responseFormat(file.at("responseFormat"), file.at("jsonSchema"));
    return faults.problems;
  }

  /// The role as the reference knows it, which takes it in any case; as it is written if it does
  /// not.
  static String speaker(String role) {
    String lower = role.toLowerCase(Locale.ROOT);
    return ROLES.contains(lower) ? lower : role;
  }

  private void messages(FrontMatter file) {
    YamlNode messages = file.at("messages");
    if (messages instanceof YamlNode.Sequence list) {
      ShiftedList<YamlNode> items = ShiftedList.of(list.items());
      for (int i = 0; i < items.size(); i++) {
        if (!isSound(items.raw(i))) {
          message(items.get(i));
        }
      }
      return;
    }
    boolean none = messages == null || isNull(messages);
    Span start = Span.at(file.content().start());
    Span key = file.root() == null || messages == null ? start : keySpan(file.root());
    report(
        none ? "missing-messages" : "wrong-type",
        none || messages == null ? key : messages.span(),
        "A GitHub Models prompt needs a list 'messages' of {role, content}.");
  }

  private static Span keySpan(YamlNode.Mapping root) {
    YamlNode.Entry entry = root.entry("messages");
    return entry == null ? Span.at(root.span().start()) : entry.key().span();
  }

  private static boolean isSound(YamlNode message) {
    YamlNode role = message.get("role");
    String named = role == null ? null : role.string();
    return named != null
        && ROLES.contains(speaker(named))
        && message.get("content") instanceof YamlNode.Scalar;
  }

  private void message(YamlNode message) {
    if (!(message instanceof YamlNode.Mapping)) {
      report("wrong-type", message.span(), "A message must have a role and a content.");
      return;
    }
    YamlNode role = message.get("role");
    String named = role == null ? null : role.string();
    if (role == null || named == null) {
      String advice = "This message has no role; give it system, user or assistant.";
      report("missing-role", message.span(), advice);
    } else if (!ROLES.contains(speaker(named))) {
      String advice = "Unknown role " + named + "; it must be system, user or assistant.";
      report("unknown-role", role.span(), advice);
    }
    YamlNode content = message.get("content");
    if (content == null) {
      // The reference sends it with nothing in it.
      String advice = "This message has no content; write what it says.";
      problems.add(new Problem("missing-content", message.span(), Severity.WARNING, advice));
    } else if (!(content instanceof YamlNode.Scalar)) {
      report("wrong-type", content.span(), "The content of a message must be a string.");
    }
  }

  private void responseFormat(@Nullable YamlNode format, @Nullable YamlNode schema) {
    String name = format == null ? null : format.string();
    if (format != null && name != null && !RESPONSES.contains(name)) {
      String message = "responseFormat must be text, json_object or json_schema.";
      report("invalid-value", format.span(), message);
    }
    boolean demanded = "json_schema".equals(name);
    if (schema != null && !isNull(schema)) {
      jsonSchema(schema, demanded);
    } else if (format != null && demanded) {
      String message = "responseFormat json_schema needs a jsonSchema.";
      report("invalid-schema", format.span(), message);
    }
  }

  private void jsonSchema(YamlNode node, boolean demanded) {
    if (!(node instanceof YamlNode.Scalar scalar)) {
      String message = "jsonSchema must be a string that holds JSON; write it as a block with |-.";
      report("invalid-schema", node.span(), message);
      return;
    }
    String json = scalar.text();
    Span whole = new Span(0, json.length());
    JsonTree.Result read = JsonTree.read(json, new StringReader(json), whole, true, JsonTree::none);
    Problem fault = read.problem();
    if (fault != null) {
      Span place = ScalarCoding.of(text, scalar).source(fault.span()).shift(scalar.span().start());
      report("invalid-schema", place, fault.message());
    } else if (!(read.root() instanceof YamlNode.Mapping object)) {
      report("invalid-schema", scalar.span(), "jsonSchema must hold a JSON object.");
    } else if (demanded) {
      for (String field : SCHEMA_FIELDS) {
        if (object.get(field) == null) {
          String message = "jsonSchema must have a field '" + field + "'.";
          report("invalid-schema", scalar.span(), message);
        }
      }
    }
  }

  private static boolean isNull(YamlNode node) {
    return node instanceof YamlNode.Scalar scalar && scalar.value() == null;
  }

  private void report(String code, Span span, String message) {
    problems.add(YamlReader.error(code, span, message));
  }
}
