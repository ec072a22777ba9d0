package dev.promptls.prompt.shots;

import dev.promptls.prompt.render.RenderOptions;
import dev.promptls.prompt.render.RenderResult;
import dev.promptls.prompt.render.Renderer;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.Tag;
import dev.promptls.prompt.syntax.VariableUse;
import dev.promptls.prompt.syntax.YamlNode;
import dev.promptls.prompt.text.InOrder;
import dev.promptls.prompt.text.ShiftedList;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A loop over a list of the front matter's defaults or samples.
///
/// @param queryVariables what the prompt reads outside the loop
record LoopLayout(
    PromptFile file,
    LoopBody body,
    ShiftedList<YamlNode> items,
    LoopFields fields,
    Set<String> queryVariables,
    ShiftedList<Example> examples)
    implements Layout {
  /// Loops that are looked into.
  private static final int MAX_TRIES = 8;

  static final Set<String> NAMES =
      Set.of(
          "examples",
          "shots",
          "demos",
          "demonstrations",
          "samples",
          "exemplars",
          "fewShot",
          "few_shot",
          "fewshot");

  /// The items, which are mappings all.
  List<YamlNode.Mapping> mappings() {
    return items.stream().map(YamlNode.Mapping.class::cast).toList();
  }

  static @Nullable LoopLayout find(PromptFile file) {
    return follow(null, new TextEdit(Span.at(0), ""), file);
  }

  /// As [#find], after an edit: examples of items that it left alone are taken over.
  static @Nullable LoopLayout follow(@Nullable LoopLayout before, TextEdit edit, PromptFile file) {
    int tries = 0;
    ShiftedList<Tag> tags = ShiftedList.of(file.tags());
    for (int i = 0; i < tags.size(); i++) {
      if (!LoopList.isLoop(tags.raw(i))) {
        continue;
      }
      Tag tag = tags.get(i);
      ShiftedList<YamlNode> items = items(file, tag.first());
      if (!items.isEmpty() && tries++ < MAX_TRIES) {
        LoopBody body = LoopBody.of(file, tag);
        if (body != null && body.fields().size() >= 2) {
          Set<String> query = queryVariables(file, body);
          if (NAMES.contains(body.list()) || body.fields().stream().anyMatch(query::contains)) {
            return of(before, edit, file, body, items, query);
          }
        }
      }
    }
    return null;
  }

  private static LoopLayout of(
      @Nullable LoopLayout before,
      TextEdit edit,
      PromptFile file,
      LoopBody body,
      ShiftedList<YamlNode> items,
      Set<String> query) {
    LoopFields fields = LoopFields.of(body.fields(), query);
    boolean same =
        before != null
            && before.body.pieces().equals(body.pieces())
            && before.fields.equals(fields);
    ShiftedList<Example> examples =
        ShiftedList.follow(
            before != null && same ? before.items : ShiftedList.empty(),
            before != null && same ? before.examples : ShiftedList.empty(),
            items,
            edit.growth(),
            i -> example(i, body, fields, (YamlNode.Mapping) items.get(i)));
    return new LoopLayout(file, body, items, fields, query, examples);
  }

  /// The items of a list, if all are mappings; else none.
  private static ShiftedList<YamlNode> items(PromptFile file, String list) {
    YamlNode.Sequence sequence = LoopList.items(file, list);
    if (sequence != null) {
      ShiftedList<YamlNode> items = ShiftedList.of(sequence.items());
      ShiftedList<YamlNode> mappings = items.filtered(node -> node instanceof YamlNode.Mapping);
      return mappings.size() == items.size() ? items : ShiftedList.empty();
    }
    return ShiftedList.empty();
  }

  static Set<String> queryVariables(PromptFile file, LoopBody body) {
    Set<String> names = new LinkedHashSet<>();
    for (VariableUse use : file.variables()) {
      if (use.isTopLevel()
          && !use.name().equals(body.list())
          && !body.span().contains(use.span())) {
        names.add(use.name());
      }
    }
    return names;
  }

  private static Example example(
      int index, LoopBody body, LoopFields fields, YamlNode.Mapping item) {
    Map<String, String> inputs = new LinkedHashMap<>();
    for (String field : fields.inputs()) {
      inputs.put(field, body.print(field, item));
    }
    String output = body.fill(item, fields.answer().getFirst(), fields.answer().getLast()).strip();
    Reasoning.Parts parts = Reasoning.split(output, new Span(0, output.length()));
    Span thought = parts.reasoning();
    String reasoning = thought == null ? null : thought.of(output);
    if (!fields.reasoning().isEmpty()) {
      reasoning =
          body.fill(item, fields.reasoning().getFirst(), fields.reasoning().getLast()).strip();
    }
    YamlNode answer = item.get(fields.answer().getLast());
    return new Example(
        index,
        Shape.LOOP,
        inputs,
        parts.answer().of(output),
        reasoning,
        item.span(),
        answer == null ? Span.at(item.span().end()) : answer.span(),
        body.fill(item));
  }

  @Override
  public Shape shape() {
    return Shape.LOOP;
  }

  @Override
  public List<ExamplePart> parts(Span region) {
    List<ExamplePart> parts = new ArrayList<>();
    for (Example example : InOrder.overlapping(examples, region, Example::range)) {
      YamlNode.Mapping item = (YamlNode.Mapping) items.get(example.index());
      add(ExamplePart.Kind.INPUT, fields.inputs(), item, parts);
      add(ExamplePart.Kind.REASONING, fields.reasoning(), item, parts);
      parts.add(new ExamplePart(ExamplePart.Kind.ANSWER, example.outputRange()));
    }
    return parts;
  }

  private static void add(
      ExamplePart.Kind kind, List<String> fields, YamlNode.Mapping item, List<ExamplePart> parts) {
    for (String field : fields) {
      YamlNode value = item.get(field);
      if (value != null) {
        parts.add(new ExamplePart(kind, value.span()));
      }
    }
  }

  @Override
  public String separator() {
    if (body.asMessages()) {
      return "";
    }
    String tail = body.tail(fields.answer().getLast()).replace("\r\n", "\n");
    int line = tail.indexOf('\n');
    if (line >= 0) {
      int end = line;
      while (end < tail.length() && tail.charAt(end) == '\n') {
        end++;
      }
      return tail.substring(line, end);
    }
    return tail.isBlank() ? tail + body.head().strip() : tail;
  }

  @Override
  public List<String> stop() {
    String separator = separator();
    if (separator.isBlank() && separator.indexOf('\n') < 0) {
      return List.of();
    }
    // Punctuation between the answer and the line's end is no part of the answer.
    String tail = body.tail(fields.answer().getLast()).replace("\r\n", "\n");
    int at = tail.indexOf(separator);
    String withMarks = at > 0 ? tail.substring(0, at) + separator : separator;
    List<String> stop = new ArrayList<>();
    for (String candidate : new LinkedHashSet<>(List.of(withMarks, separator))) {
      if (examples.stream().noneMatch(example -> example.output().contains(candidate))) {
        stop.add(candidate);
      }
    }
    return stop.isEmpty() ? List.of(separator + body.head().strip()) : List.copyOf(stop);
  }

  @Override
  public RenderResult render(List<Integer> shown, @Nullable Example asked, RenderOptions options) {
    Map<String, @Nullable Object> input = new LinkedHashMap<>();
    // Without a question, examples that were given from outside are those that are counted.
    if (asked == null && options.data().input().get(body.list()) instanceof List<?> given) {
      input.put(body.list(), given.subList(0, Math.min(shown.size(), given.size())));
    } else {
      input.put(body.list(), shown.stream().map(i -> items.get(i).value()).toList());
    }
    if (asked != null) {
      input.putAll(query((YamlNode.Mapping) items.get(asked.index())));
    }
    return Renderer.render(file, options.withData(options.data().with(input)));
  }

  /// The values of the query's variables, taken from an example.
  private Map<String, @Nullable Object> query(YamlNode.Mapping item) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (String name : queryVariables) {
      YamlNode value = item.get(name);
      if (value != null && !fields.answer().contains(name) && !fields.reasoning().contains(name)) {
        values.put(name, value.value());
      }
    }
    // A query that names its one variable otherwise than the examples still means the same.
    List<String> unset =
        queryVariables.stream()
            .filter(name -> item.get(name) == null && !isDefaulted(name))
            .toList();
    if (values.isEmpty() && unset.size() == 1 && fields.inputs().size() == 1) {
      YamlNode value = item.get(fields.inputs().getFirst());
      values.put(unset.getFirst(), value == null ? null : value.value());
    }
    return values;
  }

  private boolean isDefaulted(String name) {
    return LoopList.of(file, name) != null;
  }
}
