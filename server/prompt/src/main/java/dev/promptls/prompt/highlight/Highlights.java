package dev.promptls.prompt.highlight;

import dev.promptls.prompt.highlight.Highlight.Kind;
import dev.promptls.prompt.shots.ExamplePart;
import dev.promptls.prompt.shots.Shots;
import dev.promptls.prompt.syntax.FrontMatter;
import dev.promptls.prompt.syntax.InputDeclaration;
import dev.promptls.prompt.syntax.MessageNode;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.Tag;
import dev.promptls.prompt.syntax.VariableUse;
import dev.promptls.prompt.syntax.YamlNode;
import dev.promptls.prompt.text.InOrder;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.vocabulary.SpecialTokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Colours a prompt file of any format from its tree alone.
public final class Highlights {
  private final PromptFile file;
  private final Shots shots;
  private final Span region;

  private Highlights(PromptFile file, Shots shots, Span region) {
    this.file = file;
    this.shots = shots;
    this.region = region;
  }

  /// What the stretches of a file are, in source order and without overlaps.
  ///
  /// @param region what is looked at; what only reaches into it is given whole
  public static List<Highlight> of(PromptFile file, Shots shots, Span region) {
    Highlights highlights = new Highlights(file, shots, region);
    List<Highlight> settings = highlights.settings();
    List<Highlight> said = over(highlights.examples(), highlights.special());
    return over(over(settings, said), highlights.template());
  }

  /// One layer painted over another: what it covers of the one below is cut away.
  ///
  /// @param below in source order, without overlaps; so is `above`
  static List<Highlight> over(List<Highlight> below, List<Highlight> above) {
    if (below.isEmpty() || above.isEmpty()) {
      return below.isEmpty() ? above : below;
    }
    List<Highlight> painted = new ArrayList<>(below.size() + above.size());
    int next = 0;
    for (Highlight lower : below) {
      int from = lower.span().start();
      int end = lower.span().end();
      while (next < above.size() && above.get(next).span().start() < end) {
        Highlight upper = above.get(next++);
        if (upper.span().start() > from) {
          painted.add(new Highlight(new Span(from, upper.span().start()), lower.kind()));
        }
        painted.add(upper);
        from = Math.max(from, upper.span().end());
      }
      if (from < end) {
        painted.add(new Highlight(new Span(from, end), lower.kind()));
      }
    }
    painted.addAll(above.subList(next, above.size()));
    return painted;
  }

  private List<Highlight> settings() {
    List<Highlight> found = new ArrayList<>();
    FrontMatter front = file.frontMatter();
    if (front != null && front.root() != null && region.overlaps(front.span())) {
      value(front.root(), found);
    }
    return ordered(found);
  }

  private void value(YamlNode node, List<Highlight> found) {
    if (!region.overlaps(node.span())) {
      return;
    }
    switch (node) {
      case YamlNode.Mapping mapping -> {
        for (YamlNode.Entry entry : mapping.entries()) {
          add(found, entry.key().span(), Kind.KEY);
          value(entry.value(), found);
        }
      }
      case YamlNode.Sequence sequence -> sequence.items().forEach(item -> value(item, found));
      case YamlNode.Scalar scalar -> {
        Kind kind =
            switch (scalar.value()) {
              case Number _ -> Kind.NUMBER;
              case Boolean _ -> Kind.CONSTANT;
              case null -> Kind.CONSTANT;
              default -> Kind.STRING;
            };
        add(found, scalar.span(), kind);
      }
    }
  }

  private List<Highlight> examples() {
    List<Highlight> found = new ArrayList<>();
    for (ExamplePart part : shots.parts(region)) {
      switch (part.kind()) {
        case LABEL -> add(found, part.span(), Kind.LABEL);
        case REASONING -> add(found, part.span(), Kind.REASONING);
        case ANSWER -> add(found, part.span(), Kind.ANSWER);
        case INPUT -> {}
      }
    }
    return ordered(found);
  }

  /// Special tokens of models in what is said.
  private List<Highlight> special() {
    List<Highlight> found = new ArrayList<>();
    for (MessageNode message : InOrder.overlapping(file.messages(), region, MessageNode::content)) {
      int start = Math.max(message.content().start(), region.start());
      int end = Math.min(message.content().end(), region.end());
      for (Span token : SpecialTokens.in(file.text(), new Span(start, end), Set.of())) {
        add(found, token, Kind.SPECIAL);
      }
    }
    return ordered(found);
  }

  /// Role markers and what stands in the template's tags.
  private List<Highlight> template() {
    Set<String> inputs = new HashSet<>();
    for (InputDeclaration input : file.inputs()) {
      inputs.add(input.name());
    }
    List<Highlight> found = new ArrayList<>();
    for (MessageNode message : file.messages()) {
      Span role = message.roleSpan();
      if (role != null && region.overlaps(role)) {
        found.add(new Highlight(role, Kind.ROLE));
      }
    }
    for (VariableUse use : file.variables()) {
      if (region.overlaps(use.span())) {
        boolean input = use.isTopLevel() && inputs.contains(use.name());
        add(found, use.span(), input ? Kind.INPUT : Kind.VARIABLE);
      }
    }
    for (Tag tag : InOrder.overlapping(file.tags(), region, Tag::span)) {
      tag(tag, found);
    }
    return ordered(found);
  }

  private void tag(Tag tag, List<Highlight> found) {
    switch (tag.kind()) {
      case COMMENT -> add(found, tag.span(), Kind.COMMENT);
      case PARTIAL -> add(found, tag.nameSpan(), Kind.PARTIAL);
      case OPEN, CLOSE, ELSE -> add(found, tag.nameSpan(), Kind.HELPER);
      case EXPRESSION -> {
        if (!tag.arguments().isEmpty() || tag.name().equals("history")) {
          add(found, tag.nameSpan(), Kind.HELPER);
        }
      }
    }
    for (Tag.Argument argument : tag.arguments()) {
      if (!argument.path()) {
        boolean number = isNumber(argument.text()) && !quoted(argument.span());
        add(found, argument.span(), number ? Kind.NUMBER : Kind.STRING);
      }
    }
  }

  private boolean quoted(Span span) {
    return !span.isEmpty() && "\"'".indexOf(file.text().charAt(span.start())) >= 0;
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> "-.0123456789".indexOf(c) >= 0);
  }

  private void add(List<Highlight> found, Span span, Kind kind) {
    if (!span.isEmpty() && region.overlaps(span)) {
      found.add(new Highlight(span, kind));
    }
  }

  /// In source order. Of two that overlap the one that was found first stays: a role's name is also
  /// an argument of its tag.
  private static List<Highlight> ordered(List<Highlight> found) {
    // Sorted as numbers, of which the lower half keeps what was found first before the rest.
    long[] places = new long[found.size()];
    for (int i = 0; i < places.length; i++) {
      places[i] = (long) found.get(i).span().start() << Integer.SIZE | i;
    }
    Arrays.sort(places);
    List<Highlight> apart = new ArrayList<>(found.size());
    int end = 0;
    for (long place : places) {
      Highlight each = found.get((int) place);
      if (each.span().start() >= end) {
        apart.add(each);
        end = each.span().end();
      }
    }
    return apart;
  }
}
