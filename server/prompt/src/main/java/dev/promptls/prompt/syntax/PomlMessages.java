package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The messages of a POML document in the Markdown that POML makes of it: captions as headings,
/// lists, paragraphs. What has no speaker is the system's before the first that has one, else the
/// person's. Loops and conditions are passed over: their elements stand once.
final class PomlMessages {
  /// Elements that say nothing.
  private static final Set<String> SILENT =
      Set.of(
          "let",
          "meta",
          "stylesheet",
          "outputschema",
          "tool",
          "tooldefinition",
          "runtime",
          "template");

  /// Elements that stand for something outside the file, or for what is computed.
  private static final Set<String> OUTSIDE =
      Set.of(
          "document",
          "doc",
          "img",
          "image",
          "audio",
          "table",
          "tree",
          "folder",
          "webpage",
          "obj",
          "object",
          "dataobj",
          "include",
          "conversation",
          "toolrequest",
          "toolresponse");

  private static final Map<String, String> CAPTIONS =
      Map.of(
          "role", "Role",
          "task", "Task",
          "outputformat", "Output Format",
          "stepwiseinstructions", "Stepwise Instructions",
          "hint", "Hint",
          "qa", "Question",
          "question", "Question",
          "examples", "Examples",
          "exampleset", "Examples");

  private static final Map<String, String> SPEAKERS = new HashMap<>();

  static {
    for (String name : List.of("systemmsg", "systemmessage")) {
      SPEAKERS.put(name, "system");
    }
    for (String name : List.of("humanmsg", "humanmessage", "usermsg", "usermessage")) {
      SPEAKERS.put(name, "user");
    }
    for (String name : List.of("aimsg", "aimessage", "assistantmsg", "assistantmessage")) {
      SPEAKERS.put(name, "assistant");
    }
  }

  private static final Map<String, String> MARKS =
      Map.of(
          "b",
          "**",
          "bold",
          "**",
          "i",
          "*",
          "italic",
          "*",
          "s",
          "~~",
          "strike",
          "~~",
          "strikethrough",
          "~~");

  private final String text;
  private final List<Draft> drafts = new ArrayList<>();
  private Draft draft;

  private PomlMessages(String text) {
    this.text = text;
    this.draft = new Draft(null, null, 0, new PomlWriter(text, 0));
  }

  static PomlMessages of(String text, List<PomlNode> roots) {
    PomlMessages messages = new PomlMessages(text);
    Place top = new Place(1, 0, true);
    roots.forEach(node -> messages.write(node, top));
    messages.finish(text.length());
    return messages;
  }

  List<MessageNode> list() {
    boolean spoken = drafts.stream().anyMatch(each -> each.speaker() != null);
    List<MessageNode> messages = new ArrayList<>();
    boolean begun = false;
    for (Draft each : drafts) {
      String otherwise = spoken && !begun ? "system" : "user";
      String role = each.speaker() == null ? otherwise : each.speaker();
      begun |= each.speaker() != null;
      Span span = new Span(each.start(), each.end());
      messages.add(new MessageNode(role, each.roleSpan(), span, span, each.writer().build(), 0));
    }
    return messages;
  }

  /// A message that is being written.
  private record Draft(
      @Nullable String speaker, @Nullable Span roleSpan, int start, int end, PomlWriter writer) {
    Draft(@Nullable String speaker, @Nullable Span roleSpan, int start, PomlWriter writer) {
      this(speaker, roleSpan, start, start, writer);
    }
  }

  /// Where an element stands.
  ///
  /// @param heading the level of the next heading
  /// @param indent of list items
  /// @param chat whether examples speak as messages
  private record Place(int heading, int indent, boolean chat) {
    Place below() {
      return new Place(heading + 1, indent, chat);
    }
  }

  private void finish(int end) {
    if (!draft.writer().isEmpty()) {
      drafts.add(
          new Draft(
              draft.speaker(),
              draft.roleSpan(),
              draft.start(),
              Math.max(draft.start(), end),
              draft.writer()));
    }
  }

  private void begin(@Nullable String speaker, @Nullable Span roleSpan, int start) {
    finish(start);
    draft = new Draft(speaker, roleSpan, start, new PomlWriter(text, start));
  }

  private void write(PomlNode node, Place place) {
    switch (node) {
      case PomlNode.Text said -> draft.writer().text(said.span());
      case PomlNode.Element element -> element(element, place);
    }
  }

  private void element(PomlNode.Element element, Place place) {
    String name = element.plainName();
    if (SILENT.contains(name)) {
      return;
    }
    String speaker = speaker(element, name, place);
    if (speaker == null || name.equals("poml")) {
      body(element, name, place);
      return;
    }
    PomlNode.Attribute named = element.attribute("speaker");
    begin(speaker, named == null ? element.nameSpan() : named.valueSpan(), element.span().start());
    body(element, name, place);
    begin(null, null, element.span().end());
  }

  /// Who says an element, null if nobody in particular does.
  private static @Nullable String speaker(PomlNode.Element element, String name, Place place) {
    String given = element.value("speaker").toLowerCase(Locale.ROOT);
    switch (given) {
      case "human", "user" -> {
        return "user";
      }
      case "ai", "assistant" -> {
        return "assistant";
      }
      case "system" -> {
        return "system";
      }
      default -> {}
    }
    boolean input = name.equals("input") || name.equals("exampleinput");
    boolean output = name.equals("output") || name.equals("exampleoutput");
    if (place.chat() && (input || output)) {
      return input ? "user" : "assistant";
    }
    return SPEAKERS.get(name);
  }

  private void body(PomlNode.Element element, String name, Place place) {
    PomlWriter writer = draft.writer();
    if (OUTSIDE.contains(name)) {
      writer.part("\n\n");
      writer.verbatim(true);
      writer.text(element.span());
      writer.verbatim(false);
      writer.part("\n\n");
    } else if (name.equals("br") || name.equals("newline")) {
      writer.part("\n");
    } else if (MARKS.containsKey(name)) {
      String mark = MARKS.getOrDefault(name, "");
      writer.sign(mark, element.content().start());
      element.children().forEach(child -> write(child, place));
      draft.writer().sign(mark, element.content().end());
    } else if (name.equals("code")) {
      code(element);
    } else if (name.equals("span") || name.equals("inline") || name.equals("u")) {
      element.children().forEach(child -> write(child, place));
    } else if (name.equals("list")) {
      list(element, place);
    } else if (name.equals("h") || name.equals("header")) {
      writer.part("\n\n");
      writer.sign("#".repeat(Math.min(6, place.heading())) + " ", element.content().start());
      element.children().forEach(child -> write(child, place));
      draft.writer().part("\n\n");
    } else {
      block(element, name, place);
    }
  }

  /// A part of its own, often with a caption.
  private void block(PomlNode.Element element, String name, Place place) {
    draft.writer().part("\n\n");
    String caption = caption(element, name, place);
    String style = element.value("captionStyle");
    boolean bold = name.equals("hint") || name.startsWith("q") || isExample(name);
    String shown = style.isEmpty() ? (bold ? "bold" : "header") : style;
    boolean heading = !caption.isEmpty() && shown.equals("header");
    if (!caption.isEmpty() && !shown.equals("hidden")) {
      int at = element.span().start();
      String sign =
          switch (shown) {
            case "header" -> "#".repeat(Math.min(6, place.heading())) + " " + caption;
            case "bold" -> "**" + caption + ":** ";
            default -> caption + ": ";
          };
      draft.writer().sign(sign, at);
      if (heading) {
        draft.writer().part("\n\n");
      }
    }
    boolean inner = heading || name.equals("section") || name.equals("subcontent");
    Place below = inner ? place.below() : place;
    String chat = element.value("chat");
    Place here = chat.contains("false") ? new Place(below.heading(), below.indent(), false) : below;
    element.children().forEach(child -> write(child, here));
    if (name.equals("qa") || name.equals("question")) {
      draft.writer().part("\n\n");
      draft.writer().sign("**Answer:**", element.span().end());
    }
    draft.writer().part("\n\n");
  }

  private static boolean isExample(String name) {
    return name.endsWith("input") || name.endsWith("output");
  }

  private static String caption(PomlNode.Element element, String name, Place place) {
    PomlNode.Attribute given = element.attribute("caption");
    if (given != null) {
      return given.value();
    }
    if (isExample(name)) {
      return place.chat() ? "" : name.endsWith("input") ? "Input" : "Output";
    }
    return CAPTIONS.getOrDefault(name, "");
  }

  private void code(PomlNode.Element element) {
    boolean block = element.value("inline").contains("false") || !element.value("lang").isEmpty();
    PomlWriter writer = draft.writer();
    int start = element.content().start();
    if (block) {
      writer.part("\n\n");
    }
    writer.sign(block ? "```" + element.value("lang") + "\n" : "`", start);
    writer.verbatim(true);
    writer.text(block ? element.content().strip(text) : element.content());
    writer.verbatim(false);
    writer.sign(block ? "\n```" : "`", element.content().end());
    if (block) {
      writer.part("\n\n");
    }
  }

  private void list(PomlNode.Element list, Place place) {
    String style = list.value("listStyle");
    draft.writer().part(place.indent() > 0 ? "\n" : "\n\n");
    int number = 1;
    for (PomlNode child : list.children()) {
      if (child instanceof PomlNode.Element item && isItem(item)) {
        String sign =
            switch (style) {
              case "decimal" -> number++ + ". ";
              case "star" -> "* ";
              case "plus" -> "+ ";
              default -> "- ";
            };
        draft.writer().part("\n");
        draft.writer().sign(" ".repeat(place.indent()) + sign, item.span().start());
        Place inside = new Place(place.heading(), place.indent() + sign.length(), place.chat());
        item.children().forEach(part -> write(part, inside));
        draft.writer().part("\n");
      } else {
        write(child, place);
      }
    }
    draft.writer().part(place.indent() > 0 ? "\n" : "\n\n");
  }

  private static boolean isItem(PomlNode.Element element) {
    return element.plainName().equals("item") || element.plainName().equals("listitem");
  }
}
