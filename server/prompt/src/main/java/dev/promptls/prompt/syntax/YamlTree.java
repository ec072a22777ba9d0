package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.ShiftedList;
import dev.promptls.prompt.text.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/// A YAML tree that grows event by event. What was complete when the events end is its root.
final class YamlTree {
  static final int MAX_DEPTH = 50;
  static final int MAX_ALIASES = 50;

  /// Nodes, each counted as often as aliases repeat it.
  static final long MAX_NODES = 150_000;

  private final String text;
  private final Deque<Open> open = new ArrayDeque<>();
  private final Map<Anchor, YamlNode> anchors = new HashMap<>();
  private final Map<Anchor, Long> sizes = new HashMap<>();

  /// The stretch whose events come in.
  private Span span = Span.at(0);

  /// Units for each code point of the stretch, or null if each is one.
  private int @Nullable [] units;

  private int aliases;
  private long nodes;
  private @Nullable YamlNode root;
  private int documents;

  YamlTree(String text) {
    this.text = text;
  }

  /// From now on events come from another stretch of the text.
  void enter(Span stretch) {
    span = stretch;
    units = offsetsOfPoints(stretch.of(text));
    documents = 0;
  }

  /// Closes what is open inside the innermost block collection at a column, if that can go on
  /// there: a list with an item, a mapping with a key.
  boolean closeTo(int column, boolean item, boolean key) {
    int inside = 0;
    for (Open collection : open) {
      boolean fits = collection.mapping() ? key : item;
      if (fits && !collection.flow() && column == column(collection.start())) {
        for (int i = 0; i < inside; i++) {
          close(open.element().lastEnd());
        }
        open.element().completeValue();
        return true;
      }
      inside++;
    }
    return false;
  }

  /// Makes room for a collection, if none was met yet.
  boolean forgetScalar() {
    if (open.isEmpty() && (root == null || root instanceof YamlNode.Scalar)) {
      root = null;
      return true;
    }
    return false;
  }

  private int column(int offset) {
    return offset - 1 - text.lastIndexOf('\n', offset - 1);
  }

  Span span() {
    return span;
  }

  /// The value so far; collections that are still open end where their last part does.
  @Nullable YamlNode root() {
    while (!open.isEmpty()) {
      close(open.peek().lastEnd());
    }
    // What an alias stands for has its parts in another place: such a tree cannot follow edits.
    return root instanceof YamlNode.Mapping(Span span, List<YamlNode.Entry> entries, boolean flow)
            && aliases == 0
        ? new YamlNode.Mapping(span, ShiftedList.of(entries), flow)
        : root;
  }

  /// Takes an event; gives what is wrong with it.
  @Nullable Problem accept(Event event) {
    return switch (event.getEventId()) {
      case DocumentStart -> {
        documents++;
        yield documents > 1
            ? YamlReader.error(
                "invalid-yaml", spanOf(event), "Only one YAML document may stand here.")
            : null;
      }
      case Scalar -> scalar((ScalarEvent) event);
      case Alias -> alias((AliasEvent) event);
      case SequenceStart, MappingStart -> begin((CollectionStartEvent) event);
      case SequenceEnd, MappingEnd -> {
        Open closing = open.element();
        yield close(closing.flow() ? end(event) : closing.lastEnd());
      }
      default -> null;
    };
  }

  int offset(Mark mark) {
    return offsetOfPoint(mark.getIndex());
  }

  /// The offset in the file of a code point of the span.
  int offsetOfPoint(int index) {
    int unit = units == null ? index : units[Math.min(index, units.length - 1)];
    return Math.min(span.end(), span.start() + unit);
  }

  private @Nullable Problem scalar(ScalarEvent event) {
    Object value =
        YamlScalars.value(event.getValue(), event.isPlain(), event.getTag().orElse(null));
    YamlNode.Scalar node =
        new YamlNode.Scalar(trimmed(spanOf(event)), event.getValue(), event.isPlain(), value);
    return add(node, event.getAnchor(), 1);
  }

  private @Nullable Problem alias(AliasEvent event) {
    Anchor anchor = event.getAlias();
    YamlNode target = anchors.get(anchor);
    if (target == null) {
      String message = "No anchor &" + anchor.getValue() + " stands before this alias.";
      return YamlReader.error("invalid-yaml", spanOf(event), message);
    }
    if (++aliases > MAX_ALIASES) {
      String message = "More than " + MAX_ALIASES + " aliases; write the values out.";
      return YamlReader.error("yaml-too-many-aliases", spanOf(event), message);
    }
    return add(moved(target, spanOf(event)), Optional.empty(), sizes.getOrDefault(anchor, 1L));
  }

  /// A node as it stands at an alias of it.
  private static YamlNode moved(YamlNode node, Span to) {
    return switch (node) {
      case YamlNode.Scalar(Span _, String text, boolean plain, Object value) ->
          new YamlNode.Scalar(to, text, plain, value);
      case YamlNode.Sequence(Span _, List<YamlNode> items, boolean flow) ->
          new YamlNode.Sequence(to, items, flow);
      case YamlNode.Mapping(Span _, List<YamlNode.Entry> entries, boolean flow) ->
          new YamlNode.Mapping(to, entries, flow);
    };
  }

  private @Nullable Problem begin(CollectionStartEvent event) {
    if (open.size() >= MAX_DEPTH) {
      String message = "YAML nested deeper than " + MAX_DEPTH + " levels.";
      return YamlReader.error("yaml-too-deep", spanOf(event), message);
    }
    boolean mapping = event.getEventId() == Event.ID.MappingStart;
    open.push(
        new Open(
            mapping,
            event.isFlow(),
            start(event),
            event.getAnchor().orElse(null),
            nodes,
            new ArrayList<>(),
            new HashSet<>()));
    return null;
  }

  private @Nullable Problem close(int end) {
    Open closing = open.pop();
    Span whole = new Span(closing.start(), Math.max(closing.start(), end));
    YamlNode node =
        closing.mapping()
            ? new YamlNode.Mapping(whole, entries(closing), closing.flow())
            : new YamlNode.Sequence(whole, closing.nodes(), closing.flow());
    Anchor anchor = closing.anchor();
    if (anchor != null) {
      sizes.put(anchor, nodes - closing.nodesBefore() + 1);
    }
    return add(node, Optional.ofNullable(anchor), 1);
  }

  private static List<YamlNode.Entry> entries(Open mapping) {
    mapping.completeValue();
    List<YamlNode.Entry> entries = new ArrayList<>();
    for (int i = 0; i + 1 < mapping.nodes().size(); i += 2) {
      YamlNode key = mapping.nodes().get(i);
      entries.add(new YamlNode.Entry(asKey(key), mapping.nodes().get(i + 1)));
    }
    return entries;
  }

  private static YamlNode.Scalar asKey(YamlNode key) {
    return key instanceof YamlNode.Scalar scalar
        ? scalar
        : new YamlNode.Scalar(key.span(), String.valueOf(key.value()), false, "");
  }

  /// Whether it takes no more nodes.
  boolean isFull() {
    return nodes > MAX_NODES;
  }

  /// @param size how many nodes this adds to the count: those below it, unless counted already
  private @Nullable Problem add(YamlNode node, Optional<Anchor> anchor, long size) {
    anchor.ifPresent(name -> anchors.put(name, node));
    Open parent = open.peek();
    if (parent == null) {
      root = root == null ? node : root;
      return null;
    }
    nodes += size;
    if (nodes > MAX_NODES) {
      return aliases > 0
          ? YamlReader.error(
              "yaml-too-many-aliases",
              node.span(),
              "Aliases make more than " + MAX_NODES + " values of this YAML; write fewer.")
          : YamlReader.error(
              "yaml-too-long",
              node.span(),
              "This YAML has more than " + MAX_NODES + " values; move some to a data file.");
    }
    boolean key = parent.mapping() && parent.nodes().size() % 2 == 0;
    parent.nodes().add(node);
    if (key && !parent.keys().add(asKey(node).text())) {
      String message = "The key " + asKey(node).text() + " stands here twice; remove one of them.";
      return YamlReader.error("duplicate-key", node.span(), message);
    }
    return null;
  }

  private Span spanOf(Event event) {
    int from = start(event);
    return new Span(from, Math.max(from, end(event)));
  }

  private int start(Event event) {
    return event.getStartMark().map(this::offset).orElse(span.start());
  }

  /// Where an event ends in the file.
  int end(Event event) {
    return event.getEndMark().map(this::offset).orElse(span.start());
  }

  /// Block scalars end after their last line break; that is no place for a cursor.
  private Span trimmed(Span of) {
    int end = of.end();
    while (end > of.start() && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    return new Span(of.start(), end);
  }

  private static int @Nullable [] offsetsOfPoints(String content) {
    int points = content.codePointCount(0, content.length());
    if (points == content.length()) {
      return null;
    }
    int[] offsets = new int[points + 1];
    int at = 0;
    for (int point = 0; point < points; point++) {
      offsets[point] = at;
      at += Character.charCount(content.codePointAt(at));
    }
    offsets[points] = at;
    return offsets;
  }

  /// A collection whose end was not met yet; keys and values of a mapping take turns.
  private record Open(
      boolean mapping,
      boolean flow,
      int start,
      @Nullable Anchor anchor,
      long nodesBefore,
      List<YamlNode> nodes,
      Set<String> keys) {
    /// Gives a key that was left without a value an empty one.
    void completeValue() {
      if (mapping && nodes.size() % 2 == 1) {
        nodes.add(new YamlNode.Scalar(Span.at(nodes.getLast().span().end()), "", true, null));
      }
    }

    int lastEnd() {
      return nodes.isEmpty() ? start : nodes.getLast().span().end();
    }
  }
}
