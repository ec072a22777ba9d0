package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// YAML to nodes with ranges, from the parser's events. After a mistake it goes on at the next key
/// or item of a collection that was open, so that one bad line does not take the rest with it.
final class YamlReader {
  private static final int MAX_RESTARTS = 20;

  private final String text;
  private final int limit;
  private final List<Problem> problems = new ArrayList<>();

  private YamlReader(String text, int limit) {
    this.text = text;
    this.limit = limit;
  }

  /// What was read of a YAML text.
  ///
  /// @param root null if there is no value
  record Result(@Nullable YamlNode root, List<Problem> problems) {}

  /// Reads a stretch of a file; all spans are the file's.
  ///
  /// @param limit the most UTF-16 units that are read at all
  static Result read(String text, Span content, int limit) {
    YamlReader reader = new YamlReader(text, limit);
    YamlNode root = reader.readAll(content);
    return new Result(root, List.copyOf(reader.problems));
  }

  private @Nullable YamlNode readAll(Span content) {
    if (content.length() > limit) {
      Span start = new Span(content.start(), content.start() + 1);
      report(
          "yaml-too-long",
          start,
          "This YAML is longer than " + limit + " characters; move some of it to a data file.");
      return null;
    }
    YamlTree tree = new YamlTree(text);
    Part part = new Part(content, false);
    for (int restart = 0; part != null && restart <= MAX_RESTARTS; restart++) {
      Fault fault = fill(tree, part);
      if (fault != null) {
        problems.add(fault.problem());
      }
      int after = fault == null ? part.span().end() : afterLine(fault.goOn());
      part = after < content.end() ? resume(tree, after, content.end()) : null;
    }
    return tree.root();
  }

  /// A stretch that is read in one go.
  ///
  /// @param resumed whether its keys or items belong to the collection that is open
  private record Part(Span span, boolean resumed) {}

  /// @param goOn reading may go on in the line after this offset
  private record Fault(Problem problem, int goOn) {}

  /// Feeds the events to the tree until the end of the first document or a mistake.
  private @Nullable Fault fill(YamlTree tree, Part part) {
    tree.enter(part.span());
    int depth = 0;
    int reached = part.span().start();
    String yaml = part.span().of(text);
    try {
      for (Event event : new Parse(YamlSettings.of(yaml)).parseString(yaml)) {
        boolean end = event instanceof CollectionEndEvent;
        depth -= end ? 1 : 0;
        boolean ofOpen = part.resumed() && depth == 0 && isCollection(event);
        depth += event instanceof CollectionStartEvent ? 1 : 0;
        Problem problem = ofOpen ? null : tree.accept(event);
        reached = Math.max(reached, tree.end(event));
        if (problem != null) {
          return new Fault(problem, tree.isFull() ? part.span().end() : problem.span().start());
        }
      }
      return null;
    } catch (MarkedYamlEngineException e) {
      return fault(tree, e);
    } catch (ReaderException e) {
      return unfit(tree.offsetOfPoint(e.getPosition()), e.getCodePoint());
    } catch (IndexOutOfBoundsException e) {
      // The library's buffer overflows where half a surrogate pair stands at its end.
      int at = loneSurrogate(part.span());
      return unfit(at, text.charAt(at));
    } catch (YamlEngineException e) {
      // It does not say where; what was read already must not be read again.
      return new Fault(error("invalid-yaml", around(reached), "This is not YAML."), reached);
    }
  }

  /// The first half of a surrogate pair without the other half; the start if there is none.
  private int loneSurrogate(Span span) {
    for (int i = span.start(); i < span.end(); i += Character.charCount(text.codePointAt(i))) {
      if (Character.isSurrogate((char) text.codePointAt(i)) && text.codePointAt(i) < 0x10000) {
        return i;
      }
    }
    return span.start();
  }

  private Fault unfit(int at, int point) {
    String code = Integer.toHexString(point).toUpperCase(Locale.ROOT);
    String message = "YAML cannot hold the character U+" + code + "; write it as an escape.";
    return new Fault(error("invalid-yaml", around(at), message), at);
  }

  private static boolean isCollection(Event event) {
    return event instanceof CollectionStartEvent || event instanceof CollectionEndEvent;
  }

  /// What opens and is not closed is the mistake, not the place far below where that is noticed.
  private Fault fault(YamlTree tree, MarkedYamlEngineException e) {
    int start = tree.span().start();
    int context = e.getContextMark().map(tree::offset).orElse(start);
    int noticed = e.getProblemMark().map(tree::offset).orElse(context);
    boolean opens = context < text.length() && "\"'[{".indexOf(text.charAt(context)) >= 0;
    String what = e.getProblem() == null ? "it cannot be read" : e.getProblem().strip();
    String message = "This is not YAML: " + what + (what.endsWith(".") ? "" : ".");
    boolean unclosed = opens && afterLine(context) <= noticed;
    int at = unclosed ? context : noticed;
    return new Fault(error("invalid-yaml", around(at), message), at);
  }

  /// The next lines that belong to a collection that was open at the mistake; those inside it are
  /// closed.
  private @Nullable Part resume(YamlTree tree, int after, int end) {
    int at = after;
    boolean anew = tree.forgetScalar();
    while (at < end) {
      int column = indent(at, end);
      boolean blank = at + column >= lineEnd(at) || text.charAt(at + column) == '#';
      if (!blank && anew && column == 0 && isKey(at)) {
        return new Part(new Span(at, end), false);
      }
      if (!blank && tree.closeTo(column, isItem(at + column), isKey(at + column))) {
        return new Part(new Span(at, endOfLevel(at, column, end)), true);
      }
      at = afterLine(at);
    }
    return null;
  }

  /// Where the lines end that stand at a column or further in.
  private int endOfLevel(int from, int column, int end) {
    boolean item = isItem(from + column);
    int at = afterLine(from);
    while (at < end) {
      int indent = indent(at, end);
      boolean blank = at + indent >= lineEnd(at) || text.charAt(at + indent) == '#';
      if (!blank && (indent < column || (indent == column && item != isItem(at + indent)))) {
        return at;
      }
      at = afterLine(at);
    }
    return end;
  }

  private boolean isItem(int at) {
    boolean dash = text.charAt(at) == '-';
    return dash && (at + 1 >= text.length() || Character.isWhitespace(text.charAt(at + 1)));
  }

  private boolean isKey(int at) {
    char first = text.charAt(at);
    int colon = text.indexOf(':', at, lineEnd(at));
    return colon > at && (Character.isLetter(first) || first == '_' || first == '"');
  }

  private int indent(int at, int end) {
    int stop = at;
    while (stop < end && text.charAt(stop) == ' ') {
      stop++;
    }
    return stop - at;
  }

  private int lineEnd(int at) {
    int end = text.indexOf('\n', at);
    return end < 0 ? text.length() : end;
  }

  /// Where the next line begins; the end of the text if there is none.
  private int afterLine(int at) {
    return Math.min(text.length(), lineEnd(Math.min(at, text.length())) + 1);
  }

  /// The rest of the line at an offset; the character before if there is nothing left of it.
  private Span around(int offset) {
    int at = Math.min(offset, text.length());
    int end = at;
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    return at == end && at > 0 ? new Span(at - 1, at) : new Span(at, end);
  }

  private void report(String code, Span span, String message) {
    problems.add(error(code, span, message));
  }

  static Problem error(String code, Span span, String message) {
    return new Problem(code, span, Severity.ERROR, message);
  }
}
