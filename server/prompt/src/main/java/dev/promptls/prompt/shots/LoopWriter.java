package dev.promptls.prompt.shots;

import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.YamlNode;
import dev.promptls.prompt.syntax.YamlText;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes the items of a list in the front matter.
final class LoopWriter implements ExampleWriter {
  private final PromptFile file;
  private final String text;
  private final LoopBody body;
  private final LoopFields fields;
  private final List<YamlNode.Mapping> items;

  LoopWriter(PromptFile file, LoopBody body, LoopFields fields, List<YamlNode.Mapping> items) {
    this.file = file;
    this.text = file.text();
    this.body = body;
    this.fields = fields;
    this.items = items;
  }

  @Override
  public List<List<Span>> places() {
    boolean flow = isFlow();
    return items.stream().map(item -> List.of(flow ? item.span() : lines(item))).toList();
  }

  private boolean isFlow() {
    YamlNode.Sequence list = list();
    return list != null && list.flow();
  }

  private YamlNode.@Nullable Sequence list() {
    return LoopList.items(file, body.list());
  }

  /// An item of a block list from its dash to the end of its last line, a comment there included.
  private Span lines(YamlNode.Mapping item) {
    int dash = item.span().start() - 1;
    while (dash > 0 && text.charAt(dash) != '-') {
      dash--;
    }
    int end = item.span().end();
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    return new Span(dash, end);
  }

  private int lineStart(int offset) {
    return file.lines().lineStart(file.lines().line(offset));
  }

  private int nextLine(int offset) {
    int line = file.lines().line(offset) + 1;
    return line < file.lines().lineCount() ? file.lines().lineStart(line) : text.length();
  }

  @Override
  public List<TextEdit> remove(Set<Integer> indices) {
    List<TextEdit> edits = new ArrayList<>();
    if (indices.size() == items.size()) {
      return emptied();
    }
    boolean kept = false;
    for (int i = 0; i < items.size(); i++) {
      if (!indices.contains(i)) {
        kept = true;
      } else if (!isFlow()) {
        Span lines = lines(items.get(i));
        edits.add(new TextEdit(new Span(lineStart(lines.start()), nextLine(lines.end())), ""));
      } else if (kept) {
        Span before = items.get(i - 1).span();
        edits.add(new TextEdit(new Span(before.end(), items.get(i).span().end()), ""));
      } else {
        Span next = items.get(i + 1).span();
        edits.add(new TextEdit(new Span(items.get(i).span().start(), next.start()), ""));
      }
    }
    return edits;
  }

  private List<TextEdit> emptied() {
    if (isFlow()) {
      Span all = items.getFirst().span().union(items.getLast().span());
      return List.of(new TextEdit(all, ""));
    }
    LoopList list = LoopList.of(file, body.list());
    int from = list == null ? items.getFirst().span().start() : list.entry().key().span().end() + 1;
    return List.of(new TextEdit(new Span(from, lines(items.getLast()).end()), " []"));
  }

  @Override
  public List<TextEdit> insert(int at, Row row) throws UnwritableException {
    Map<String, String> values = content(row);
    if (items.isEmpty()) {
      return first(values);
    }
    YamlNode.Mapping like = items.get(Math.max(0, at - 1));
    if (isFlow()) {
      String item = flow(values);
      if (at == 0) {
        return List.of(new TextEdit(Span.at(like.span().start()), item + gap()));
      }
      return List.of(new TextEdit(Span.at(like.span().end()), gap() + item));
    }
    Span lines = lines(like);
    int start = lineStart(lines.start());
    String indent = text.substring(start, lines.start());
    boolean inline = file.lines().line(lines.start()) == file.lines().line(like.span().start());
    String dash =
        inline && !like.flow() ? text.substring(lines.start(), like.span().start()) : "- ";
    boolean plainDash = dash.chars().skip(1).allMatch(c -> c == ' ');
    String item = item(values, indent + (plainDash ? dash : "- "), like.flow());
    return List.of(new TextEdit(Span.at(at == 0 ? start : nextLine(lines.end())), item + eol()));
  }

  /// What parts the items of a list in brackets.
  private String gap() {
    if (items.size() < 2) {
      return ", ";
    }
    int from = items.get(items.size() - 2).span().end();
    String gap = text.substring(from, items.getLast().span().start());
    return gap.strip().equals(",") ? gap : ", ";
  }

  private List<TextEdit> first(Map<String, String> values) throws UnwritableException {
    YamlNode.Sequence list = list();
    if (list != null && list.flow()) {
      return List.of(new TextEdit(Span.at(list.span().start() + 1), flow(values)));
    }
    String rows = DataExamples.file(file);
    if (rows != null) {
      throw new UnwritableException("The examples are rows of " + rows + "; add one there.");
    }
    throw new UnwritableException(
        "Write `" + body.list() + ": []` under input.default; then examples can be added there.");
  }

  /// The lines of an item, the last without its end.
  private String item(Map<String, String> values, String dash, boolean flow) {
    if (flow) {
      return dash + flow(values);
    }
    StringBuilder item = new StringBuilder();
    String lead = dash;
    for (Map.Entry<String, String> value : values.entrySet()) {
      item.append(item.isEmpty() ? "" : eol()).append(lead);
      item.append(YamlText.inline(value.getKey(), false)).append(": ");
      item.append(scalar(value.getKey(), value.getValue(), dash.length() + 2, false));
      lead = " ".repeat(dash.length());
    }
    return item.toString();
  }

  private String flow(Map<String, String> values) {
    StringBuilder item = new StringBuilder("{");
    values.forEach((key, value) ->
        item.append(item.length() == 1 ? "" : ", ")
            .append(YamlText.inline(key, true))
            .append(": ")
            .append(scalar(key, value, 0, true)));
    return item.append('}').toString();
  }

  /// A value as the other items write this field: a text, or a number and the like.
  private String scalar(String field, String value, int indent, boolean flow) {
    for (YamlNode.Mapping item : items) {
      YamlNode other = item.get(field);
      if (other instanceof YamlNode.Scalar scalar
          && !(scalar.value() instanceof String)
          && scalar.value() != null
          && value.matches("[-+0-9.a-z]{1,30}")) {
        return value;
      }
      if (other instanceof YamlNode.Mapping || other instanceof YamlNode.Sequence) {
        return value;
      }
    }
    return flow ? YamlText.inline(value, true) : YamlText.block(value, indent, eol());
  }

  private String eol() {
    return text.contains("\r\n") ? "\r\n" : "\n";
  }

  @Override
  public Map<String, String> content(int index) {
    Map<String, String> content = new LinkedHashMap<>();
    for (String field : body.fields()) {
      content.put(field, body.print(field, items.get(index)));
    }
    return content;
  }

  /// The fields of an item: those that the loop prints.
  @Override
  public Map<String, String> content(Row row) throws UnwritableException {
    Map<String, String> content = new LinkedHashMap<>();
    String answer = fields.answer().size() == 1 ? fields.answer().getFirst() : null;
    boolean apart = !fields.reasoning().isEmpty();
    for (String field : body.fields()) {
      String value = row.input(field, fields.inputs().equals(List.of(field)));
      if (field.equals(answer)) {
        value = apart ? row.output() : Reasoning.joined(row, like(field));
      } else if (fields.reasoning().equals(List.of(field))) {
        value = row.reasoning();
      }
      if (value == null) {
        throw new UnwritableException(
            "The example says nothing for " + field + ", which the others have.");
      }
      content.put(field, value);
    }
    return content;
  }

  /// A row to be filled in by the author.
  Row placeholder() {
    SequencedMap<String, String> inputs = new LinkedHashMap<>();
    for (String field : body.fields()) {
      inputs.put(field, "<" + field + ">");
    }
    String reasoning = fields.reasoning().size() == 1 ? fields.reasoning().getFirst() : null;
    return new Row(
        inputs,
        "<" + fields.answer().getLast() + ">",
        reasoning == null ? null : "<" + reasoning + ">");
  }

  private @Nullable String like(String field) {
    for (YamlNode.Mapping item : items) {
      String answer = body.print(field, item).strip();
      if (Reasoning.split(answer, new Span(0, answer.length())).reasoning() != null) {
        return answer;
      }
    }
    return null;
  }
}
