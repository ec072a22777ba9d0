package dev.promptls.prompt.format;

import dev.promptls.prompt.syntax.YamlSettings;
import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.scanner.ScannerImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.tokens.ScalarToken;
import org.snakeyaml.engine.v2.tokens.Token;

/// The tokens of a YAML text. What is between them is white space and comments.
final class YamlTokens {
  private final String text;
  private final Span content;
  private final List<YamlToken> tokens = new ArrayList<>();
  private int point;
  private int unit;

  private YamlTokens(String text, Span content) {
    this.text = text;
    this.content = content;
    this.unit = content.start();
  }

  /// A token of a YAML text.
  ///
  /// @param span empty for what only tells the structure
  /// @param scalar how a scalar is written, null for other tokens
  record YamlToken(Token.ID kind, Span span, @Nullable ScalarStyle scalar) {
    boolean is(Token.ID other) {
      return kind == other;
    }

    /// Whether its lines are content, indentation and all.
    boolean isBlock() {
      return scalar == ScalarStyle.LITERAL || scalar == ScalarStyle.FOLDED;
    }
  }

  /// The tokens in source order, or null if the text is no YAML.
  static @Nullable List<YamlToken> of(String text, Span content) {
    YamlTokens reader = new YamlTokens(text, content);
    try {
      String yaml = content.of(text);
      LoadSettings settings = YamlSettings.of(yaml);
      StreamReader stream = new StreamReader(settings, yaml);
      ScannerImpl scanner = new ScannerImpl(settings, stream);
      while (scanner.hasNext()) {
        reader.add(scanner.next());
      }
      return reader.tokens;
    } catch (YamlEngineException e) {
      // The reader of the file says what is wrong; here it only means that nothing is laid out.
      return null;
    }
  }

  private void add(Token token) {
    int start = offset(token.getStartMark());
    ScalarStyle style = token instanceof ScalarToken scalar ? scalar.getStyle() : null;
    // What follows may begin before this one ends, so the end is not kept as the place to go on.
    int startPoint = point;
    int end = Math.max(start, offset(token.getEndMark()));
    point = startPoint;
    unit = start;
    YamlToken read = new YamlToken(token.getTokenId(), new Span(start, end), style);
    tokens.add(read.isBlock() ? trimmed(read) : read);
  }

  private int offset(Optional<Mark> mark) {
    if (mark.isPresent()) {
      int index = mark.get().getIndex();
      unit = text.offsetByCodePoints(unit, index - point);
      point = index;
    }
    return Math.min(unit, content.end());
  }

  /// A block scalar without the empty lines behind it that do not count. Those that hold spaces
  /// may.
  private YamlToken trimmed(YamlToken token) {
    int start = token.span().start();
    int headerEnd = lineEnd(text, start, token.span().end());
    if (text.substring(start, headerEnd).indexOf('+') >= 0) {
      return token;
    }
    int end = token.span().end();
    while (end > headerEnd && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
      end--;
    }
    return new YamlToken(token.kind(), new Span(start, end), token.scalar());
  }

  static int lineEnd(String text, int from, int limit) {
    int at = from;
    while (at < limit && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
      at++;
    }
    return at;
  }
}
