package dev.promptls.prompt.render;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.promptls.prompt.render.References.Answer;
import dev.promptls.prompt.syntax.Problem;
import dev.promptls.prompt.syntax.PromptyReference;
import dev.promptls.prompt.syntax.Severity;
import dev.promptls.prompt.syntax.YamlNode;
import dev.promptls.prompt.syntax.YamlValue;
import dev.promptls.prompt.text.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Puts the values that a Prompty file refers to in the places where it does (§2.11 of its
/// specification). What cannot be had stays as written and is reported: a variable as a warning,
/// since it is this machine that lacks it, a file as an error.
final class PromptyReferences {
  private static final int MAX_DEPTH = 50;
  private static final int MAX_FILES = 100;

  private final References references;
  private final Consumer<Problem> problems;
  private final Deque<String> open = new ArrayDeque<>();
  private int files;
  private int depth;
  private Span place = Span.at(0);

  PromptyReferences(References references, Consumer<Problem> problems) {
    this.references = references;
    this.problems = problems;
  }

  /// The value of a node with all references resolved.
  @Nullable Object resolve(YamlNode node) {
    return switch (node) {
      case YamlNode.Scalar scalar -> {
        place = scalar.span();
        yield scalar.value() instanceof String text ? text(text) : scalar.value();
      }
      case YamlNode.Sequence sequence -> {
        List<@Nullable Object> list = new ArrayList<>();
        sequence.items().forEach(item -> list.add(resolve(item)));
        yield list;
      }
      case YamlNode.Mapping mapping -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        mapping.entries().forEach(entry -> map.put(entry.key().text(), resolve(entry.value())));
        yield map;
      }
    };
  }

  /// A value that came out of a file, which may hold references itself.
  private @Nullable Object resolve(@Nullable Object value) {
    if (depth >= MAX_DEPTH) {
      report(Severity.ERROR, "The files referred to here are nested too deep; flatten them.");
      return value;
    }
    depth++;
    Object resolved =
        switch (value) {
          case String text -> text(text);
          case List<?> items -> {
            List<@Nullable Object> list = new ArrayList<>();
            items.forEach(item -> list.add(resolve((Object) item)));
            yield list;
          }
          case Map<?, ?> fields -> {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            fields.forEach((key, field) -> map.put(String.valueOf(key), resolve((Object) field)));
            yield map;
          }
          case null, default -> value;
        };
    depth--;
    return resolved;
  }

  private @Nullable Object text(String text) {
    PromptyReference reference = PromptyReference.of(text);
    if (reference == null) {
      return text;
    }
    return reference.kind() == PromptyReference.Kind.FILE
        ? file(text, reference.name())
        : environment(text, reference);
  }

  private String environment(String written, PromptyReference reference) {
    String name = reference.name();
    Answer answer = references.environment(name);
    if (answer instanceof Answer.Found(String value)) {
      return value;
    }
    if (reference.otherwise() != null) {
      return reference.otherwise();
    }
    report(
        Severity.WARNING,
        answer instanceof Answer.Refused(String reason)
            ? "Environment variable '" + name + "' not set here: " + reason + "."
            : "Environment variable '"
                + name
                + "' not set; set it or give a default, as in ${env:"
                + name
                + ":default}.");
    return written;
  }

  private @Nullable Object file(String written, String path) {
    if (open.contains(path) || files >= MAX_FILES) {
      report(
          Severity.ERROR,
          open.contains(path)
              ? "The file '" + path + "' refers to itself; remove one of the references."
              : "This prompt refers to more than " + MAX_FILES + " files; refer to fewer.");
      return written;
    }
    files++;
    switch (references.file(path)) {
      case Answer.Found(String text) -> {
        open.push(path);
        Object value = resolve(content(path, text));
        open.pop();
        return value;
      }
      case Answer.Missing _ ->
          report(
              Severity.ERROR,
              "Referenced file '" + path + "' not found; correct its path (FileNotFoundError).");
      case Answer.Refused(String reason) ->
          report(Severity.ERROR, "The file '" + path + "' is not read: " + reason + ".");
      case Answer.Unread _ ->
          report(Severity.WARNING, "The file '" + path + "' is read only when a prompt is run.");
    }
    return written;
  }

  private @Nullable Object content(String path, String text) {
    String name = path.toLowerCase(Locale.ROOT);
    if (name.endsWith(".json")) {
      try {
        return JsonValues.of(JsonParser.parseString(text));
      } catch (JsonParseException e) {
        report(Severity.ERROR, "The file '" + path + "' is not JSON; correct it.");
        return null;
      }
    }
    if (name.endsWith(".yaml") || name.endsWith(".yml")) {
      YamlValue yaml = YamlValue.of(text);
      if (!yaml.problems().isEmpty()) {
        report(Severity.ERROR, "The file '" + path + "' is not YAML; correct it.");
      }
      return yaml.value();
    }
    return text;
  }

  private void report(Severity severity, String message) {
    problems.accept(new Problem("unresolved-reference", place, severity, message));
  }
}
