package dev.promptls.lsp.feature;

import dev.promptls.lsp.session.Document;
import dev.promptls.prompt.shots.Shots;
import dev.promptls.prompt.syntax.FrontMatter;
import dev.promptls.prompt.syntax.MessageNode;
import dev.promptls.prompt.text.LineIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the model is given to go on from a place of a prompt.
///
/// @param prefix the text before, without blanks at its end: those belong to the next token
/// @param stop where the suggestion ends
/// @param blanks how many blanks were taken from the end
record GhostContext(String prefix, List<String> stop, int blanks) {
  private static final int MOST = 12_000;
  private static final int STEP = 4_000;

  /// Empty where nothing should be suggested: inside tags and keys, and before other text.
  static Optional<GhostContext> at(Document document, int offset) {
    String text = document.text();
    LineIndex lines = document.lines();
    int line = lines.line(offset);
    String after = text.substring(offset, lines.lineEnd(line));
    String before = text.substring(lines.lineStart(line), offset);
    if (!after.isBlank() || isOpen(before, "{{", "}}") || isOpen(before, "{%", "%}")) {
      return Optional.empty();
    }
    FrontMatter front = document.file().frontMatter();
    boolean inFront = front != null && front.span().touches(offset);
    if (front != null
        && inFront
        && !inExamples(front, document, offset)
        && !isSaid(document, offset)) {
      return Optional.empty();
    }
    int end = offset;
    while (end > 0 && (text.charAt(end - 1) == ' ' || text.charAt(end - 1) == '\t')) {
      end--;
    }
    String prefix = text.substring(start(document, inFront, end), end);
    return prefix.isBlank()
        ? Optional.empty()
        : Optional.of(
            new GhostContext(prefix, stops(document.shots(), before.isBlank()), offset - end));
  }

  private static boolean isOpen(String before, String opening, String closing) {
    int tag = before.lastIndexOf(opening);
    return tag >= 0 && before.indexOf(closing, tag) < 0;
  }

  private static boolean inExamples(FrontMatter front, Document document, int offset) {
    return document.exampleAt(offset).isPresent()
        || YamlPath.at(front, offset)
            .filter(path -> !path.isKeyAt(offset))
            .filter(path -> path.keys().size() > 1 && path.keys().getFirst().equals("input"))
            .isPresent();
  }

  /// Whether a place is in the lines that a message says as they stand: elsewhere among settings
  /// words would have to be quoted.
  private static boolean isSaid(Document document, int offset) {
    MessageNode message = document.file().messageAt(offset);
    int start = message == null ? offset : message.content().start();
    return start < offset && "|>".indexOf(document.text().charAt(start)) >= 0;
  }

  /// Where the prefix begins: the same from keystroke to keystroke, so that the model has most of
  /// it in its cache.
  private static int start(Document document, boolean inFront, int end) {
    int first = inFront ? 0 : document.file().body().start();
    first = Math.min(first, end);
    if (end - first <= MOST) {
      return first;
    }
    int rough = first + (end - first - MOST) / STEP * STEP + STEP;
    return document.lines().lineStart(document.lines().line(rough));
  }

  /// On an empty line a block is written, which ends where the shape's blocks do; behind other text
  /// the line is ended.
  private static List<String> stops(Shots shots, boolean emptyLine) {
    var stops = new ArrayList<String>();
    if (emptyLine) {
      stops.add("\n\n");
      if (!shots.separator().isBlank()) {
        stops.add(shots.separator());
      }
    } else {
      stops.add("\n");
    }
    shots.stop().stream().filter(stop -> !stop.isEmpty()).forEach(stops::add);
    // What is suggested is text; a tag would be guessed.
    stops.add("{{");
    stops.add("{%");
    return stops.stream().distinct().toList();
  }

  /// What fits behind the cursor of what the model said.
  String fit(String said) {
    int from = 0;
    while (from < Math.min(blanks, said.length()) && said.charAt(from) == ' ') {
      from++;
    }
    String fitting = said.substring(from).stripTrailing();
    return prefix.endsWith("\n") ? fitting.replaceFirst("^\\R+", "") : fitting;
  }
}
