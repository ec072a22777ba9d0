package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The messages of a POML document in the Markdown that POML makes of it: captions as headings,
/// lists, paragraphs. An element without a speaker is said by whom its elder sibling named last, or
/// its parent's speaker; without either by the system until a person has spoken, then by the
/// person. Loops and conditions are passed over: their elements stand once.
final class PomlMessages {
  private final String text;
  private final List<Draft> drafts = new ArrayList<>();
  private Draft draft;

  /// Whether an element said who speaks.
  private boolean named;

  /// Who speaks where nobody is named.
  private String otherwise = "system";

  private PomlMessages(String text) {
    this.text = text;
    this.draft = new Draft(otherwise, null, 0, new PomlWriter(text, 0));
  }

  static PomlMessages of(String text, List<PomlNode> roots) {
    PomlMessages messages = new PomlMessages(text);
    messages.write(roots, new Place(1, true, null));
    messages.finish(text.length());
    return messages;
  }

  List<MessageNode> list() {
    List<MessageNode> messages = new ArrayList<>();
    for (Draft each : drafts) {
      // Words of nobody in particular are the person's.
      String role = named || drafts.size() > 1 ? each.speaker() : "user";
      Span span = new Span(each.start(), each.end());
      messages.add(new MessageNode(role, each.roleSpan(), span, span, each.writer().build(), 0));
    }
    return messages;
  }

  /// A message that is being written.
  private record Draft(
      String speaker, @Nullable Span roleSpan, int start, int end, PomlWriter writer) {
    Draft(String speaker, @Nullable Span roleSpan, int start, PomlWriter writer) {
      this(speaker, roleSpan, start, start, writer);
    }
  }

  /// Where an element stands.
  ///
  /// @param heading the level of the next heading
  /// @param chat whether examples speak as messages
  /// @param speaker whom the element has from its parent or its elder siblings, null if nobody
  private record Place(int heading, boolean chat, @Nullable String speaker) {
    Place below() {
      return new Place(heading + 1, chat, speaker);
    }

    Place chatting(boolean now) {
      return new Place(heading, now, speaker);
    }

    Place saidBy(@Nullable String who) {
      return new Place(heading, chat, who);
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

  /// Goes on with the message if it has this speaker, else begins one.
  private void speak(String speaker, @Nullable Span roleSpan, int start) {
    if (draft.speaker().equals(speaker)) {
      return;
    }
    finish(start);
    if (!drafts.isEmpty() && drafts.getLast().speaker().equals(speaker)) {
      draft = drafts.removeLast();
    } else {
      draft = new Draft(speaker, roleSpan, start, new PomlWriter(text, start));
    }
  }

  /// Writes an element's children, without the white space at both ends.
  private void write(PomlNode.Element element, Place place) {
    boolean kept = element.value("whiteSpace").equals("pre");
    boolean before = draft.writer().verbatim(kept);
    write(kept ? element.children() : trimmed(element.children()), place);
    draft.writer().verbatim(before);
  }

  private void write(List<PomlNode> nodes, Place place) {
    Place here = place;
    for (PomlNode node : nodes) {
      switch (node) {
        case PomlNode.Text said -> draft.writer().text(said.span());
        case PomlNode.Element element -> {
          String speaker = speaker(element, element.plainName(), place);
          here = speaker == null ? here : here.saidBy(speaker);
          element(element, speaker, here);
        }
      }
    }
  }

  private List<PomlNode> trimmed(List<PomlNode> nodes) {
    List<PomlNode> trimmed = new ArrayList<>(nodes);
    if (!nodes.isEmpty() && nodes.getFirst() instanceof PomlNode.Text(Span first)) {
      trimmed.set(0, new PomlNode.Text(new Span(first.strip(text).start(), first.end())));
    }
    if (!nodes.isEmpty() && trimmed.getLast() instanceof PomlNode.Text(Span last)) {
      trimmed.set(
          trimmed.size() - 1,
          new PomlNode.Text(
              new Span(last.start(), Math.max(last.start(), last.strip(text).end()))));
    }
    return trimmed;
  }

  private void element(PomlNode.Element element, @Nullable String speaker, Place place) {
    String name = element.plainName();
    if (PomlElements.SILENT.contains(name)) {
      return;
    }
    if (speaker != null) {
      named = true;
      otherwise = speaker.equals("user") ? "user" : otherwise;
    }
    if (!name.equals("poml")) {
      PomlNode.Attribute attribute = speaker == null ? null : element.attribute("speaker");
      Span span = attribute == null ? element.nameSpan() : attribute.valueSpan();
      speak(
          place.speaker() == null ? otherwise : place.speaker(),
          speaker == null ? null : span,
          element.span().start());
    }
    body(element, name, place);
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
    return PomlElements.SPEAKERS.get(name);
  }

  private void body(PomlNode.Element element, String name, Place place) {
    PomlWriter writer = draft.writer();
    if (PomlElements.OUTSIDE.contains(name)) {
      writer.part(2);
      boolean before = writer.verbatim(true);
      writer.text(element.span());
      writer.verbatim(before);
      writer.part(2);
    } else if (PomlElements.BREAKS.contains(name)) {
      writer.newline();
    } else if (PomlElements.MARKS.containsKey(name)) {
      String mark = PomlElements.MARKS.getOrDefault(name, "");
      writer.sign(mark, element.content().start());
      write(element, place);
      draft.writer().sign(mark, element.content().end());
    } else if (name.equals("code")) {
      code(element, place);
    } else if (PomlElements.INLINE.contains(name)) {
      write(element, place);
    } else if (name.equals("list")) {
      list(element, place);
    } else if (name.equals("h") || name.equals("header")) {
      writer.part(2);
      writer.sign(heading(place), element.content().start());
      write(element, place);
      draft.writer().part(2);
    } else {
      block(element, name, place);
    }
  }

  /// A part of its own, often with a caption.
  private void block(PomlNode.Element element, String name, Place place) {
    draft.writer().part(2);
    String caption = caption(element, name, place);
    String style = element.value("captionStyle");
    boolean bold = name.equals("hint") || name.startsWith("q") || PomlElements.isExample(name);
    String usual = name.equals("example") ? "hidden" : bold ? "bold" : "header";
    String shown = style.isEmpty() ? usual : style;
    boolean heading = !caption.isEmpty() && shown.equals("header");
    caption(caption, shown, element.span().start(), place);
    boolean inner = heading || name.equals("section") || name.equals("subcontent");
    Place below = inner ? place.below() : place;
    PomlNode.Attribute introducer = element.attribute("introducer");
    if (introducer != null) {
      draft.writer().text(introducer.valueSpan());
      draft.writer().part(2);
    }
    String chat = element.value("chat");
    write(element, chat.isEmpty() ? below : below.chatting(!chat.contains("false")));
    if (name.equals("qa") || name.equals("question")) {
      PomlNode.Attribute given = element.attribute("caption");
      draft.writer().part(2);
      caption(given == null ? "Answer" : given.value(), shown, element.span().end(), place);
    }
    draft.writer().part(2);
  }

  private void caption(String caption, String style, int at, Place place) {
    PomlWriter writer = draft.writer();
    if (caption.isEmpty() || style.equals("hidden")) {
      return;
    }
    if (style.equals("header")) {
      writer.sign(heading(place) + caption, at);
      writer.part(2);
    } else {
      writer.sign(style.equals("bold") ? "**" + caption + ":**" : caption + ":", at);
      writer.blank();
    }
  }

  private static String heading(Place place) {
    return "#".repeat(place.heading()) + " ";
  }

  private static String caption(PomlNode.Element element, String name, Place place) {
    PomlNode.Attribute given = element.attribute("caption");
    if (given != null) {
      return given.value();
    }
    if (PomlElements.isExample(name)) {
      return place.chat() ? "" : name.endsWith("input") ? "Input" : "Output";
    }
    return PomlElements.CAPTIONS.getOrDefault(name, "");
  }

  private void code(PomlNode.Element element, Place place) {
    boolean block = PomlElements.isBlock(element);
    PomlWriter writer = draft.writer();
    if (block) {
      writer.part(2);
    }
    writer.sign(block ? "```" + element.value("lang") : "`", element.content().start());
    if (block) {
      writer.part(1);
    }
    write(element, place);
    if (block) {
      draft.writer().part(1);
    }
    draft.writer().sign(block ? "```" : "`", element.content().end());
    if (block) {
      draft.writer().part(2);
    }
  }

  /// Items that hold parts of their own are parted from the others, too.
  private void list(PomlNode.Element list, Place place) {
    String style = list.value("listStyle");
    draft.writer().part(2);
    int number = 1;
    for (PomlNode child : trimmed(list.children())) {
      if (child instanceof PomlNode.Element item && PomlElements.isItem(item)) {
        String sign =
            switch (style) {
              case "decimal" -> number++ + ". ";
              case "star" -> "* ";
              case "plus" -> "+ ";
              case "latin" -> (char) ('a' + (number++ - 1) % 26) + ". ";
              default -> "- ";
            };
        int breaks = isParted(item) ? 2 : 1;
        draft.writer().part(breaks);
        draft.writer().sign(sign, item.span().start());
        draft.writer().indent(sign.length());
        write(item, place);
        draft.writer().indent(-sign.length());
        draft.writer().part(breaks);
      } else {
        write(List.of(child), place);
      }
    }
    draft.writer().part(2);
  }

  /// Whether an element holds more than one part.
  private boolean isParted(PomlNode.Element element) {
    int parts = 0;
    boolean blocks = false;
    for (PomlNode child : element.children()) {
      boolean block = child instanceof PomlNode.Element inner && PomlElements.isBlock(inner);
      boolean shown =
          child instanceof PomlNode.Element inner
              ? !PomlElements.SILENT.contains(inner.plainName())
              : !child.span().strip(text).isEmpty();
      parts += shown ? 1 : 0;
      blocks |= block;
      if (block && child instanceof PomlNode.Element inner && isParted(inner)) {
        return true;
      }
    }
    return blocks && parts > 1;
  }
}
