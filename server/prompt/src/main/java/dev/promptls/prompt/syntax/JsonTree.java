package dev.promptls.prompt.syntax;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.promptls.prompt.text.Span;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// JSON to nodes with ranges. What was complete before a mistake is kept.
final class JsonTree {
  static final int MAX_DEPTH = 50;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          // Keys are the text's: as many as somebody likes.
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private final String text;
  private final Span stretch;
  private final JsonParser parser;
  private @Nullable Problem problem;
  private int end;

  private JsonTree(String text, JsonParser parser, Span stretch) {
    this.text = text;
    this.stretch = stretch;
    this.parser = parser;
    this.end = stretch.start();
  }

  /// What was read of a stretch.
  ///
  /// @param root null if nothing was
  /// @param problem null if all of it is JSON
  /// @param end of what was read
  record Result(@Nullable YamlNode root, @Nullable Problem problem, int end) {}

  /// Reads one value.
  ///
  /// @param characters those of the stretch
  /// @param alone whether nothing may follow it in the stretch
  /// @param passed keys of the object that the value is, below which nobody looks: lists and
  ///   objects there are null
  static Result read(
      String text, Reader characters, Span stretch, boolean alone, Predicate<String> passed) {
    try (JsonParser parser = FACTORY.createParser(characters)) {
      JsonTree tree = new JsonTree(text, parser, stretch);
      JsonToken first = tree.next();
      YamlNode root = first == JsonToken.START_OBJECT ? tree.object(passed) : tree.value(first);
      int end = tree.end;
      if (alone && tree.problem == null && tree.next() != null) {
        Span rest = new Span(tree.tokenStart(), stretch.end()).strip(text);
        tree.problem = error(rest, "Only one JSON value may stand here.");
      }
      return new Result(root, tree.problem, end);
    } catch (IOException e) {
      // Nothing is read but characters in memory.
      throw new UncheckedIOException(e);
    }
  }

  /// Null at the end and after a mistake.
  private @Nullable JsonToken next() throws IOException {
    if (problem != null) {
      return null;
    }
    try {
      return parser.nextToken();
    } catch (JsonProcessingException e) {
      fail(e);
      return null;
    }
  }

  private void fail(JsonProcessingException e) {
    long offset = e.getLocation() == null ? end : stretch.start() + e.getLocation().getCharOffset();
    int at = Math.clamp(offset, stretch.start(), stretch.end());
    at = at == stretch.end() && at > stretch.start() ? at - 1 : at;
    int lineEnd = text.indexOf('\n', at, stretch.end());
    int stop = lineEnd < 0 ? stretch.end() : Math.max(lineEnd, Math.min(at + 1, stretch.end()));
    String said = e.getOriginalMessage();
    int first = said.indexOf('\n');
    String line = first < 0 ? said : said.substring(0, first);
    // Where an array or object began is told for a file that we do not name.
    int beginning = line.lastIndexOf(" (", Math.max(0, line.indexOf(" at [")));
    String what = beginning < 0 ? line : line.substring(0, beginning);
    problem = error(new Span(at, stop), "This is not JSON: " + decapitalized(what.strip()) + ".");
  }

  private static String decapitalized(String sentence) {
    String bare = sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    return bare.isEmpty() ? bare : Character.toLowerCase(bare.charAt(0)) + bare.substring(1);
  }

  private static Problem error(Span span, String message) {
    return new Problem("invalid-json", span, Severity.ERROR, message);
  }

  private int tokenStart() {
    return stretch.start() + (int) parser.currentTokenLocation().getCharOffset();
  }

  private @Nullable YamlNode value(@Nullable JsonToken token) throws IOException {
    return switch (token) {
      case null -> null;
      case START_OBJECT -> object(JsonTree::none);
      case START_ARRAY -> array();
      case VALUE_STRING -> string();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> scalar(number());
      case VALUE_TRUE -> scalar(true);
      case VALUE_FALSE -> scalar(false);
      case VALUE_NULL -> scalar(null);
      default -> null;
    };
  }

  /// Says of a key that its value is not passed over.
  static boolean none(String key) {
    return false;
  }

  private @Nullable YamlNode value(@Nullable JsonToken token, boolean passed) throws IOException {
    if (!passed || token == null || !token.isStructStart()) {
      return value(token);
    }
    int start = tokenStart();
    end = start + 1;
    try {
      parser.skipChildren();
    } catch (JsonProcessingException e) {
      fail(e);
      return null;
    }
    end = tokenStart() + 1;
    return new YamlNode.Scalar(new Span(start, end), "", true, null);
  }

  private YamlNode object(Predicate<String> passed) throws IOException {
    int start = tokenStart();
    end = start + 1;
    List<YamlNode.Entry> entries = new ArrayList<>();
    JsonToken token = next();
    while (token == JsonToken.FIELD_NAME) {
      YamlNode.Scalar key = string();
      YamlNode value = key == null ? null : value(next(), passed.test(key.text()));
      if (key != null) {
        Span missing = Span.at(key.span().end());
        entries.add(
            new YamlNode.Entry(
                key, value == null ? new YamlNode.Scalar(missing, "", true, null) : value));
      }
      token = value == null ? null : next();
    }
    end = token == null ? end : tokenStart() + 1;
    return new YamlNode.Mapping(new Span(start, end), entries, true);
  }

  private YamlNode array() throws IOException {
    int start = tokenStart();
    end = start + 1;
    List<YamlNode> items = new ArrayList<>();
    JsonToken token = next();
    while (token != null && token != JsonToken.END_ARRAY) {
      YamlNode item = value(token);
      if (item != null) {
        items.add(item);
      }
      token = next();
    }
    end = token == null ? end : tokenStart() + 1;
    return new YamlNode.Sequence(new Span(start, end), items, true);
  }

  /// The string or key that the parser stands at; null if it is not closed.
  private YamlNode.@Nullable Scalar string() throws IOException {
    // The parser tells a wrong place for a name that its buffer was filled anew for.
    int quote = text.indexOf('"', end, Math.max(end, stretch.end()));
    int start = quote < 0 ? Math.min(tokenStart(), stretch.end()) : quote;
    try {
      String value = parser.getText();
      int close = start + 1;
      while (close < stretch.end() && text.charAt(close) != '"') {
        close += text.charAt(close) == '\\' ? 2 : 1;
      }
      end = Math.min(stretch.end(), close + 1);
      return new YamlNode.Scalar(new Span(start, end), value, false, value);
    } catch (JsonProcessingException e) {
      fail(e);
      return null;
    }
  }

  private YamlNode scalar(@Nullable Object value) throws IOException {
    int start = tokenStart();
    String written = parser.getText();
    end = start + written.length();
    return new YamlNode.Scalar(new Span(start, end), written, true, value);
  }

  private Object number() throws IOException {
    String written = parser.getText();
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_FLOAT) {
      return Double.parseDouble(written);
    }
    return Integers.of(written);
  }
}
