package dev.promptls.prompt.shots;

import dev.promptls.prompt.text.LineIndex;
import dev.promptls.prompt.text.ShiftedList;
import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Recognises the rows of a Markdown table as examples, where it is said that they are some: in the
/// line above, by the usual names of its first and last column, or by a last row that lacks only
/// the answer.
final class TableRows {
  /// Possessive, so that a line of a hundred thousand columns is matched in a loop.
  private static final Pattern RULE =
      Pattern.compile(
          "[ \\t]*\\|?[ \\t]*:?-+:?[ \\t]*(?:\\|[ \\t]*+:?+-++:?+[ \\t]*+)++\\|?[ \\t]*");

  /// Without `\b` in front, which goes back over all marks on a letter.
  private static final Pattern SAID =
      Pattern.compile("(?i)(?<!\\w)(?:examples?|demonstrations?|shots)\\b");

  private static final int MOST_COLUMNS = 32;

  private final LineIndex lines;
  private final String text;
  private final Span region;

  private TableRows(LineIndex lines, Span region) {
    this.lines = lines;
    this.text = lines.text();
    this.region = region;
  }

  /// The first such table of a stretch of text.
  static @Nullable Blocks find(LineIndex lines, Span region) {
    TableRows tables = new TableRows(lines, region);
    int at = region.start();
    while (at < region.end()) {
      int line = tables.ruled(at);
      Blocks found = line >= 0 && tables.isRule(line) ? tables.at(line) : null;
      if (found != null) {
        return found;
      }
      at = line < 0 ? region.end() : Math.max(at + 1, lines.lineEnd(line));
    }
    return null;
  }

  /// The first line, from an offset on, that has both a bar and two hyphens; -1 if there is none.
  private int ruled(int from) {
    int bar = text.indexOf('|', from, region.end());
    while (bar >= 0) {
      int line = lines.line(bar);
      int start = Math.max(from, lines.lineStart(line));
      int hyphens = text.indexOf("--", start, region.end());
      if (hyphens < 0) {
        return -1;
      }
      if (hyphens < lines.lineEnd(line)) {
        return line;
      }
      bar = text.indexOf('|', lines.lineStart(lines.line(hyphens)), region.end());
    }
    return -1;
  }

  /// A line as far as it is in the region.
  private Span line(int line) {
    Span span = lines.lineSpan(line);
    int start = Math.clamp(span.start(), region.start(), region.end());
    return new Span(start, Math.clamp(span.end(), start, region.end()));
  }

  private boolean isRule(int line) {
    Span span = line(line);
    return text.indexOf('|', span.start(), span.end()) >= 0
        && RULE.matcher(text).region(span.start(), span.end()).matches();
  }

  /// The table whose rule is in a line.
  private @Nullable Blocks at(int rule) {
    if (rule == 0 || lines.lineEnd(rule - 1) < region.start()) {
      return null;
    }
    List<Span> header = cells(line(rule - 1));
    List<String> names = header.stream().map(cell -> cell.of(text)).toList();
    if (names.size() < 2 || names.stream().anyMatch(String::isEmpty)) {
      return null;
    }
    List<Block> rows = new ArrayList<>();
    boolean open = false;
    int last = lines.line(region.end());
    for (int line = rule + 1; line <= last && !open; line++) {
      Block row = row(line(line), names);
      if (row == null) {
        break;
      }
      rows.add(row);
      open = row.last().isOpen();
    }
    boolean meant =
        open
            || isSaid(rule - 2)
            || (Label.isUsual(names.getFirst()) && Label.isUsual(names.getLast()));
    if (!meant || rows.size() < 2) {
      return null;
    }
    List<Block> examples = open ? rows.subList(0, rows.size() - 1) : rows;
    return new Blocks(region, ShiftedList.of(examples), open ? rows.getLast() : null, "\n", "");
  }

  /// Whether the nearest text above a table speaks of examples.
  private boolean isSaid(int above) {
    int line = above;
    while (line >= 0 && lines.lineEnd(line) > region.start()) {
      String said = line(line).of(text);
      if (!said.isBlank()) {
        return SAID.matcher(said).find();
      }
      line--;
    }
    return false;
  }

  private @Nullable Block row(Span line, List<String> names) {
    List<Span> cells = cells(line);
    if (cells.size() != names.size() || text.indexOf('|', line.start(), line.end()) < 0) {
      return null;
    }
    Span whole = line.strip(text);
    List<Block.Field> fields = new ArrayList<>();
    int from = whole.start();
    for (int i = 0; i < names.size(); i++) {
      Span cell = cells.get(i);
      fields.add(new Block.Field(names.get(i), new Span(from, cell.start()), cell));
      from = cell.end();
    }
    return new Block(fields, whole.start(), whole.end());
  }

  /// The cells of a row without the white space around them.
  private List<Span> cells(Span line) {
    Span row = line.strip(text);
    List<Span> cells = new ArrayList<>();
    int from = row.start();
    boolean led = !row.isEmpty() && text.charAt(from) == '|';
    int at = led ? ++from : from;
    while (at < row.end() && cells.size() < MOST_COLUMNS) {
      if (text.charAt(at) == '|' && text.charAt(at - 1) != '\\') {
        cells.add(cell(from, at));
        from = at + 1;
      }
      at++;
    }
    if (from < row.end()) {
      cells.add(cell(from, row.end()));
    }
    return cells;
  }

  private Span cell(int from, int to) {
    Span cell = new Span(from, to).strip(text);
    return cell.isEmpty() ? Span.at(Math.min(to, from + 1)) : cell;
  }
}
