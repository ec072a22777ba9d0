package dev.promptls.lsp.feature;

import dev.promptls.lab.analysis.Surprisal;
import dev.promptls.lsp.convert.Markdown;
import dev.promptls.lsp.session.Answer;
import dev.promptls.lsp.session.Document;
import dev.promptls.lsp.session.Snapshot;
import dev.promptls.lsp.session.TokenCounts;
import dev.promptls.model.Tokenizer.Piece;
import dev.promptls.prompt.syntax.MessageNode;
import dev.promptls.prompt.text.Span;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// The tokens of the word under the cursor.
final class WordText {
  /// How much of a message is tokenized for one hover, in UTF-16 units.
  private static final int CONTEXT = 8_192;

  private static final int MOST_PIECES = 24;

  private WordText() {}

  /// The word's tokens with their ids and where they begin and end; empty between words, and where
  /// there is no tokenizer.
  static Optional<String> at(Document document, int offset, TokenCounts counts) {
    String text = document.text();
    Span said = said(document, offset);
    Span word = wordAt(text, offset, said);
    if (word.isEmpty()) {
      return Optional.empty();
    }
    // What stands before a word decides how it is cut, so it is tokenized in its line.
    int line = document.lines().line(word.start());
    int begin = Math.max(document.lines().lineStart(line), said.start());
    int from = Math.max(begin, word.start() - CONTEXT);
    int to = Math.min(Math.min(document.lines().lineEnd(line), said.end()), word.end() + CONTEXT);
    String context = text.substring(from, Math.max(to, word.end()));
    return counts
        .pieces(context)
        .map(pieces ->
            pieces.stream()
                .filter(p -> from + p.start() < word.end() && from + p.end() > word.start())
                .limit(MOST_PIECES)
                .toList())
        .filter(pieces -> !pieces.isEmpty())
        .map(pieces -> describe(pieces, context, from - document.lines().lineStart(line)));
  }

  /// How much the word surprised the model, where that was asked for.
  static Optional<String> surprisal(Document document, int offset, Snapshot snapshot) {
    Answer<Surprisal> known = snapshot.results(document).surprisal();
    Span word = wordAt(document.text(), offset, said(document, offset));
    if (known == null || known.stale() || word.isEmpty()) {
      return Optional.empty();
    }
    List<Surprisal.Token> tokens =
        known.result().tokens().stream()
            .filter(token -> token.source() != null && token.source().overlaps(word))
            .limit(MOST_PIECES)
            .toList();
    double bits = tokens.stream().mapToDouble(Surprisal.Token::surprisal).sum();
    return tokens.isEmpty()
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%.1f bits of surprise for %s, probability %.2g",
                bits,
                known.result().model(),
                Math.pow(2, -bits)));
  }

  private static String describe(List<Piece> pieces, String context, int column) {
    return pieces.stream()
        .map(piece ->
            "%s %d (%d–%d)"
                .formatted(
                    Markdown.code(context.substring(piece.start(), piece.end()).replace(' ', '␣')),
                    piece.id(),
                    column + piece.start(),
                    column + piece.end()))
        .collect(
            Collectors.joining(
                " · ",
                pieces.size() == 1 ? "1 token here: " : pieces.size() + " tokens here: ",
                ""));
  }

  /// The stretch around a place that is said as it stands: of a message that is written with quotes
  /// or escapes what lies between these, else everything.
  private static Span said(Document document, int offset) {
    MessageNode message = document.file().messageAt(offset);
    if (message == null || message.coding() == null) {
      return new Span(0, document.text().length());
    }
    int start = message.content().start();
    return message.coding().pieces().stream()
        .filter(piece -> piece.literal() && piece.source().touches(offset - start))
        .findFirst()
        .map(piece -> piece.source().shift(start))
        .orElse(Span.at(offset));
  }

  private static Span wordAt(String text, int offset, Span within) {
    int start = offset;
    while (start > within.start() && isWord(text.charAt(start - 1)) && offset - start < 200) {
      start--;
    }
    int end = offset;
    while (end < within.end() && isWord(text.charAt(end)) && end - offset < 200) {
      end++;
    }
    return new Span(start, end);
  }

  private static boolean isWord(char c) {
    return !Character.isWhitespace(c) && c != '{' && c != '}';
  }
}
