package dev.promptls.prompt.shots;

import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Labelled blocks rolled up into a loop over a list.
final class RolledBlocks {
  private RolledBlocks() {}

  static List<String> texts(BlocksLayout layout) throws UnwritableException {
    String text = layout.file().text();
    List<Block> blocks = layout.blocks().examples();
    List<String> names = names(layout);
    List<Map<String, @Nullable Object>> items = new ArrayList<>();
    for (Block block : blocks) {
      Map<String, @Nullable Object> item = new LinkedHashMap<>();
      for (int i = 0; i < names.size(); i++) {
        String value = Row.normal(block.fields().get(i).value().of(text));
        if (value.contains("{{")) {
          throw new UnwritableException(
              "An example reads a variable, so it cannot become an item of a list.");
        }
        item.put(names.get(i), value);
      }
      items.add(item);
    }
    Block like = blocks.getFirst();
    StringBuilder unit = new StringBuilder();
    int from = like.start();
    for (int i = 0; i < names.size(); i++) {
      Span value = like.fields().get(i).value();
      unit.append(text, from, value.start()).append("{{").append(names.get(i)).append("}}");
      from = value.end();
    }
    unit.append(text, from, like.end());
    String separator = layout.blocks().separator();
    Block query = layout.blocks().query();
    int last = blocks.getLast().end();
    Span place = new Span(like.start(), query == null ? last : query.start());
    TextEdit list = new SettingsText(layout.file()).withList("examples", items);
    String eol = text.contains("\r\n") ? "\r\n" : "\n";
    String lines = "{{#each examples}}" + eol + unit + separator + "{{/each}}" + eol;
    String exact = "{{#each examples}}" + unit + separator + "{{/each}}";
    List<String> texts = new ArrayList<>();
    for (String loop : List.of(lines, exact)) {
      texts.add(SettingsText.apply(text, List.of(list, new TextEdit(place, loop))));
    }
    return texts;
  }

  /// What the fields are called: as the query's variables, else as the labels.
  private static List<String> names(BlocksLayout layout) {
    String text = layout.file().text();
    Block query = layout.blocks().query();
    List<Block.Field> fields = layout.blocks().examples().getFirst().fields();
    Set<String> names = new LinkedHashSet<>();
    for (int i = 0; i < fields.size(); i++) {
      boolean asked = query != null && i < query.fields().size();
      Span value = asked && query != null ? query.fields().get(i).value() : Span.at(0);
      String variable = Conversion.variable(value.of(text));
      String name = variable == null ? identifier(fields.get(i).name()) : variable;
      names.add(names.contains(name) || name.isEmpty() ? "field" + i : name);
    }
    return List.copyOf(names);
  }

  private static String identifier(String label) {
    String word = label.strip().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
    return word.matches("[a-z].*") ? word : "";
  }
}
