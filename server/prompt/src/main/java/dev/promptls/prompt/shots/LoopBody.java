package dev.promptls.prompt.shots;

import dev.promptls.prompt.render.JsonPrinter;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.Tag;
import dev.promptls.prompt.syntax.VariableUse;
import dev.promptls.prompt.syntax.YamlNode;
import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What stands inside `{{#each list}}` or `{% for item in list %}`: literal text and the fields of
/// an item, in turns.
///
/// @param list the name of the list
/// @param pieces in order
/// @param asMessages whether roles are set inside, so that each example is messages of its own
record LoopBody(String list, Span span, List<Piece> pieces, boolean asMessages) {
  private static final int MAX_JSON = 100_000;

  LoopBody {
    pieces = List.copyOf(pieces);
  }

  /// Literal text, or a field of the item if one is named.
  ///
  /// @param json whether the field is printed as JSON
  record Piece(String literal, @Nullable String field, boolean json) {}

  /// Reads the body of a loop; null if it is not closed.
  static @Nullable LoopBody of(PromptFile file, Tag open) {
    Integer match = open.match();
    if (match == null) {
      return null;
    }
    int begin = open.span().end();
    int finish = file.tags().get(match).span().start();
    Span span = new Span(begin, finish);
    List<VariableUse> uses =
        file.variables().stream()
            .filter(use -> span.contains(use.span()) && use.scope().equals(List.of(open.first())))
            .toList();
    List<Piece> pieces = new ArrayList<>();
    boolean asMessages =
        file.messages().stream().anyMatch(m -> !m.implied() && span.contains(m.span().start()));
    int from = span.start();
    for (Tag tag : file.tags()) {
      if (span.contains(tag.span())) {
        pieces.add(new Piece(file.text().substring(from, tag.span().start()), null, false));
        from = tag.span().end();
        for (VariableUse use : uses) {
          if (tag.kind() == Tag.Kind.EXPRESSION && tag.span().contains(use.span())) {
            pieces.add(new Piece("", use.name(), tag.name().equals("json")));
          }
        }
        if (tag.name().equals("role") && !pieces.stream().allMatch(LoopBody::isBlank)) {
          pieces.add(new Piece("\n", null, false));
        }
      }
    }
    pieces.add(new Piece(file.text().substring(from, span.end()), null, false));
    return new LoopBody(open.first(), span, pieces, asMessages);
  }

  private static boolean isBlank(Piece piece) {
    return piece.field() == null && piece.literal().isBlank();
  }

  /// Where the settings of a file have the list; empty if it stands in none that can go.
  String[] list(PromptFile file) {
    LoopList found = LoopList.of(file, list);
    return found == null ? new String[0] : found.path().toArray(new String[0]);
  }

  /// The fields in the order of their first use.
  List<String> fields() {
    Set<String> fields = new LinkedHashSet<>();
    for (Piece piece : pieces) {
      if (piece.field() != null) {
        fields.add(piece.field());
      }
    }
    return List.copyOf(fields);
  }

  /// The text for an item, all of it.
  String fill(YamlNode.Mapping item) {
    return fill(item, 0, pieces.size()).strip();
  }

  /// The text for an item from one field's first use to another's.
  String fill(YamlNode.Mapping item, String from, String to) {
    return fill(item, indexOf(from), indexOf(to) + 1);
  }

  private String fill(YamlNode.Mapping item, int from, int to) {
    StringBuilder text = new StringBuilder();
    for (Piece piece : pieces.subList(from, to)) {
      String field = piece.field();
      text.append(field == null ? piece.literal() : print(item.get(field), piece.json()));
    }
    return text.toString();
  }

  /// The literal text before the first field.
  String head() {
    StringBuilder head = new StringBuilder();
    for (Piece piece : pieces) {
      if (piece.field() != null) {
        break;
      }
      head.append(piece.literal());
    }
    return head.toString();
  }

  /// The literal text behind the last use of a field, to the next field or the end.
  String tail(String field) {
    StringBuilder tail = new StringBuilder();
    for (Piece piece : pieces.subList(lastIndexOf(field) + 1, pieces.size())) {
      if (piece.field() != null) {
        break;
      }
      tail.append(piece.literal());
    }
    return tail.toString();
  }

  private int indexOf(String field) {
    int at = 0;
    while (!field.equals(pieces.get(at).field())) {
      at++;
    }
    return at;
  }

  private int lastIndexOf(String field) {
    int at = pieces.size() - 1;
    while (!field.equals(pieces.get(at).field())) {
      at--;
    }
    return at;
  }

  /// A field as the template prints it.
  String print(String field, YamlNode.Mapping item) {
    return print(item.get(field), pieces.get(lastIndexOf(field)).json());
  }

  private static String print(@Nullable YamlNode node, boolean json) {
    if (node == null) {
      return "";
    }
    String text = node.string();
    if (json || (text == null && !(node instanceof YamlNode.Scalar))) {
      String printed = JsonPrinter.print(node.value(), "", MAX_JSON);
      return printed == null ? "" : printed;
    }
    return text == null ? "" : text;
  }
}
