package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// YAML to nodes with ranges, from the parser's events. After a mistake it goes on at the next key
/// at the margin, so that one bad line does not take the rest with it.
final class YamlReader {
  private static final int MAX_RESTARTS = 20;
  private static final LoadSettings SETTINGS =
      LoadSettings.builder()
          .setLabel("front matter")
          .setCodePointLimit(Integer.MAX_VALUE)
          .setUseMarks(true)
          .build();

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
      report("yaml-too-long", start, "This YAML is longer than " + limit + " characters.");
      return null;
    }
    List<YamlNode.Entry> entries = new ArrayList<>();
    YamlNode root = null;
    int from = content.start();
    for (int restart = 0; restart <= MAX_RESTARTS; restart++) {
      YamlTree tree = new YamlTree(text, new Span(from, content.end()));
      Problem problem = fill(tree);
      YamlNode read = tree.root();
      if (read instanceof YamlNode.Mapping mapping) {
        entries.addAll(mapping.entries());
      }
      root = root == null ? read : root;
      if (problem == null) {
        break;
      }
      problems.add(problem);
      int next = nextKey(problem.span().start(), content.end());
      if (next < 0) {
        break;
      }
      from = next;
    }
    if (root instanceof YamlNode.Mapping first && entries.size() > first.entries().size()) {
      Span span = first.span().union(entries.getLast().span());
      return new YamlNode.Mapping(span, entries, first.flow());
    }
    return root;
  }

  /// Feeds the events to the tree until the end of the first document or a mistake.
  private @Nullable Problem fill(YamlTree tree) {
    try {
      for (Event event : new Parse(SETTINGS).parseString(tree.span().of(text))) {
        Problem problem = tree.accept(event);
        if (problem != null) {
          return problem;
        }
      }
      return null;
    } catch (MarkedYamlEngineException e) {
      Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
      int at = mark.map(tree::offset).orElse(tree.span().start());
      String what = e.getProblem() == null ? "it cannot be read" : e.getProblem();
      return error("invalid-yaml", around(at), "This is not YAML: " + what + ".");
    } catch (ReaderException e) {
      int at = tree.offsetOfPoint(e.getPosition());
      String point = Integer.toHexString(e.getCodePoint()).toUpperCase(Locale.ROOT);
      String message = "YAML cannot hold the character U+" + point + "; write it as an escape.";
      return error("invalid-yaml", around(at), message);
    } catch (YamlEngineException e) {
      return error("invalid-yaml", around(tree.span().start()), "This is not YAML.");
    }
  }

  /// Where the next line begins, after the one that holds an offset, that has a key at the margin.
  private int nextKey(int after, int end) {
    int at = text.indexOf('\n', after) + 1;
    while (at > 0 && at < end) {
      int lineEnd = text.indexOf('\n', at);
      int stop = lineEnd < 0 ? end : Math.min(end, lineEnd);
      int colon = text.indexOf(':', at, stop);
      if (colon > at && Character.isLetter(text.charAt(at))) {
        return at;
      }
      at = lineEnd + 1;
    }
    return -1;
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
