package dev.promptls.lsp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonParser;
import dev.promptls.lsp.Nightly;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.eclipse.lsp4j.TextDocumentItem;
import org.eclipse.lsp4j.VersionedTextDocumentIdentifier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentSyncTest {
  private static final int DOCUMENTS = 50;
  private static final List<String> INSERTED =
      List.of(
          "a",
          "{{x}}",
          "é",
          "😀",
          "e\u0301",
          "\n",
          "\r\n",
          "\r",
          "日本",
          "",
          "👩‍👩‍👧",
          "\ud83d",
          "\ude00");

  private final Session session = new Session(new Silent());
  private final Diagnoser diagnoser = new Diagnoser(session, (_, _, _) -> List.of());
  private final DocumentSync sync =
      new DocumentSync(session, diagnoser, new Indexer(session, diagnoser));

  @ParameterizedTest
  @ValueSource(strings = {"utf-8", "utf-16", "utf-32"})
  void theTextsAreThoseOfANaiveReferenceAfterManyEdits(String encoding) {
    long seed = Long.getLong("promptls.seed", 20262);
    int rounds = Nightly.times("promptls.fuzz.edits", 6_000, 1_000_000);
    var random = new Random(seed);
    session.begin(
        new ClientAbilities(
            JsonParser.parseString(
                "{'capabilities':{'general':{'positionEncodings':['" + encoding + "']}}}")),
        Settings.DEFAULT);
    var expected = new ArrayList<String>(Collections.nCopies(DOCUMENTS, ""));
    for (int document = 0; document < DOCUMENTS; document++) {
      sync.open(
          new DidOpenTextDocumentParams(new TextDocumentItem(uri(document), "promptls", 0, "")));
    }
    for (int round = 1; round <= rounds; round++) {
      int document = random.nextInt(DOCUMENTS);
      String text = expected.get(document);
      if (text.length() > 400) {
        text = "";
        change(document, round, new TextDocumentContentChangeEvent(""));
      }
      int start = border(text, random);
      int end = random.nextInt(3) == 0 ? border(text, random) : start;
      String inserted = INSERTED.get(random.nextInt(INSERTED.size()));
      int from = Math.min(start, end);
      int to = Math.max(start, end);
      var range = new Range(position(text, from, encoding), position(text, to, encoding));
      change(document, round, new TextDocumentContentChangeEvent(range, inserted));
      expected.set(document, text.substring(0, from) + inserted + text.substring(to));
      assertEquals(
          expected.get(document), text(document), () -> "seed " + seed + ", document " + document);
    }
    for (int document = 0; document < DOCUMENTS; document++) {
      assertEquals(expected.get(document), text(document), "seed " + seed);
    }
    Nightly.say("R6: %d edits of %d documents in %s", rounds, DOCUMENTS, encoding);
  }

  private void change(int document, int version, TextDocumentContentChangeEvent change) {
    sync.change(
        new DidChangeTextDocumentParams(
            new VersionedTextDocumentIdentifier(uri(document), version), List.of(change)));
  }

  private String text(int document) {
    return Objects.requireNonNull(session.snapshot().documents().get(uri(document))).text();
  }

  private static String uri(int document) {
    return "file:///%d.prompt".formatted(document);
  }

  /// A place between two characters, and not inside `\r\n`.
  private static int border(String text, Random random) {
    int at = random.nextInt(text.length() + 1);
    boolean inside =
        at > 0
            && at < text.length()
            && (text.startsWith("\r\n", at - 1)
                || Character.isSurrogatePair(text.charAt(at - 1), text.charAt(at)));
    return inside ? at - 1 : at;
  }

  /// Counted character by character.
  private static Position position(String text, int offset, String encoding) {
    int line = 0;
    int start = 0;
    for (int i = 0; i < offset; i++) {
      boolean pair = text.startsWith("\r\n", i);
      if (text.charAt(i) == '\n' || (text.charAt(i) == '\r' && !pair)) {
        line++;
        start = i + 1;
      }
    }
    String before = text.substring(start, offset);
    return new Position(
        line,
        switch (encoding) {
          case "utf-8" -> utf8(before);
          case "utf-32" -> before.codePointCount(0, before.length());
          default -> before.length();
        });
  }

  private static int utf8(String text) {
    return text.codePoints()
        .map(c ->
            c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE
                ? 3
                : new String(Character.toChars(c)).getBytes(StandardCharsets.UTF_8).length)
        .sum();
  }
}
