package dev.promptls.prompt.shots;

import dev.promptls.prompt.syntax.MessageNode;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns of user and model rolled up into a loop over a list.
final class RolledMessages {
  private RolledMessages() {}

  static List<String> texts(MessagesLayout layout) throws UnwritableException {
    String text = layout.file().text();
    String asked = layout.query().content().strip(text).of(text);
    int open = asked.indexOf("{{");
    int close = asked.indexOf("}}");
    String name =
        open < 0 || close < open ? null : Conversion.variable(asked.substring(open, close + 2));
    String prefix = name == null ? "" : asked.substring(0, open);
    String suffix = name == null ? "" : asked.substring(close + 2);
    List<Map<String, @Nullable Object>> items = new ArrayList<>();
    boolean fits = name != null && !suffix.contains("{{");
    for (int i = 0; i < layout.turns().size(); i += 2) {
      String user = said(layout, i);
      fits &=
          user.length() >= prefix.length() + suffix.length()
              && user.startsWith(prefix)
              && user.endsWith(suffix);
    }
    String input = fits && name != null ? name : "input";
    String output = input.equals("output") ? "answer" : "output";
    for (int i = 0; i < layout.turns().size(); i += 2) {
      String user = said(layout, i);
      Map<String, @Nullable Object> item = new LinkedHashMap<>();
      item.put(
          input, fits ? user.substring(prefix.length(), user.length() - suffix.length()) : user);
      item.put(output, said(layout, i + 1));
      items.add(item);
    }
    String shown = fits ? prefix + "{{" + input + "}}" + suffix : "{{" + input + "}}";
    return texts(layout, items, shown, "{{" + output + "}}");
  }

  private static String said(MessagesLayout layout, int turn) throws UnwritableException {
    MessageNode message = layout.turns().get(turn);
    String said = Row.normal(message.said(layout.file().text()));
    if (said.contains("{{")) {
      throw new UnwritableException(
          "An example reads a variable, so it cannot become an item of a list.");
    }
    return said;
  }

  private static List<String> texts(
      MessagesLayout layout, List<Map<String, @Nullable Object>> items, String user, String model)
      throws UnwritableException {
    String text = layout.file().text();
    MessageNode first = layout.turns().getFirst();
    MessageNode second = layout.turns().get(1);
    MessageNode query = layout.query();
    TextEdit list = new SettingsText(layout.file()).withList("examples", items);
    String marker =
        text.substring(
            first.implied() ? query.span().start() : first.span().start(),
            first.implied() ? query.content().start() : first.content().start());
    String unit =
        marker
            + around(text, first, user)
            + text.substring(second.span().start(), second.content().start())
            + around(text, second, model);
    Span turns = new Span(first.span().start(), query.span().start());
    String pretty =
        "{{~#each examples}}\n{{~role \"user\"~}}\n"
            + user
            + "\n{{~role \"model\"~}}\n"
            + model
            + "\n{{~/each}}\n";
    List<String> texts = new ArrayList<>();
    if (marker.contains("~}}")) {
      texts.add(SettingsText.apply(text, List.of(list, new TextEdit(turns, pretty))));
    }
    String exact = "{{#each examples}}" + unit + "{{/each}}";
    texts.add(SettingsText.apply(text, List.of(list, new TextEdit(turns, exact))));
    texts.add(SettingsText.apply(text, List.of(list, new TextEdit(turns, pretty))));
    return texts;
  }

  private static String around(String text, MessageNode like, String said) {
    Span content = like.content();
    Span inner = content.strip(text);
    return text.substring(content.start(), inner.start())
        + said
        + text.substring(inner.end(), content.end());
  }
}
