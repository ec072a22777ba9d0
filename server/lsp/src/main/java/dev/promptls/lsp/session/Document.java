package dev.promptls.lsp.session;

import dev.promptls.lsp.convert.Uris;
import dev.promptls.prompt.Analysis;
import dev.promptls.prompt.check.Checked;
import dev.promptls.prompt.check.Surroundings;
import dev.promptls.prompt.check.TokenBudget;
import dev.promptls.prompt.render.RenderResult;
import dev.promptls.prompt.render.Renderer;
import dev.promptls.prompt.shots.Example;
import dev.promptls.prompt.shots.Shots;
import dev.promptls.prompt.syntax.Format;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.text.InOrder;
import dev.promptls.prompt.text.LineIndex;
import dev.promptls.prompt.text.TextEdit;
import dev.promptls.prompt.workspace.FactReader;
import dev.promptls.prompt.workspace.FileFacts;
import dev.promptls.prompt.workspace.FileNames;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One version of an open text. Immutable; what it means is worked out when first asked for.
public final class Document {
  /// Between two keystrokes of somebody who types.
  private static final Duration TYPING = Duration.ofMillis(600);

  private final String uri;
  private final String languageId;
  private final int version;
  private final LineIndex lines;
  private final Lazy<Analysis> analysis;
  private final Lazy<FileFacts> facts;
  private final @Nullable String path;
  // Whether it is what an edit made of an earlier version.
  private final boolean edited;
  private final Object edition = new Object();
  private final long made = System.nanoTime();
  // The latest counts, kept because every keystroke asks several times.
  private volatile @Nullable TokenCounts counts;
  // Those of an earlier text, until there are some of this one.
  private volatile @Nullable Counted earlier;
  // What this text takes, or an earlier one took for as long as this one is not counted.
  private volatile @Nullable TokenBudget budget;

  // What to make the analysis of, where an earlier text was analysed; null once it is made.
  private volatile @Nullable Since since;

  Document(String uri, String languageId, int version, LineIndex lines) {
    this(uri, languageId, version, lines, Uris.path(uri), null, false);
  }

  private Document(
      String uri,
      String languageId,
      int version,
      LineIndex lines,
      @Nullable String path,
      @Nullable Since since,
      boolean edited) {
    this.edited = edited;
    this.uri = uri;
    this.languageId = languageId;
    this.version = version;
    this.lines = lines;
    this.since = since;
    this.path = path;
    this.analysis = new Lazy<>(this::analyse);
    this.facts = new Lazy<>(() -> FactReader.read(path == null ? uri : path, file()));
  }

  /// An analysis of an earlier text, and the edit that made this text of that one.
  private record Since(Analysis analysis, TextEdit edit) {}

  /// The counts of an earlier text, and the edits that made this text of that one; what is typed at
  /// one place is one edit.
  record Counted(TokenCounts counts, List<TextEdit> edits) {
    /// More are not worth the memory.
    private static final int MOST = 64;

    /// @param after the text after the edit
    @Nullable Counted then(TextEdit edit, String after) {
      var all = new ArrayList<>(edits);
      if (all.getLast().touches(edit)) {
        all.set(all.size() - 1, all.getLast().then(edit, after));
      } else {
        all.add(edit);
      }
      return all.size() > MOST ? null : new Counted(counts, all);
    }
  }

  private Analysis analyse() {
    Since known = since;
    return known == null
        ? Analysis.of(name(), lines, format(languageId))
        : known.analysis().edited(known.edit(), lines);
  }

  private Analysis analysis() {
    Analysis done = analysis.get();
    since = null;
    return done;
  }

  /// The document after an edit. Several edits between two analyses become one.
  ///
  /// @param after the lines of the text after the edit
  Document with(int newVersion, TextEdit edit, LineIndex after) {
    // In this order: what it was made of is forgotten only once it is made.
    Since known = since;
    Analysis done = analysis.now();
    Since next = null;
    if (done != null) {
      next = new Since(done, edit);
    } else if (known != null) {
      next = new Since(known.analysis(), known.edit().then(edit, after.text()));
    }
    Document newer = new Document(uri, languageId, newVersion, after, path, next, true);
    TokenBudget counted = budget;
    newer.budget = counted == null ? null : counted.after(edit);
    newer.earlier = earlier(edit, after.text());
    return newer;
  }

  /// Whether its text changed just now, so that what is asked about it comes from typing.
  public boolean isBeingTyped() {
    return edited && System.nanoTime() - made < TYPING.toNanos();
  }

  private @Nullable Counted earlier(TextEdit edit, String after) {
    // In this order, as above.
    Counted before = earlier;
    TokenCounts own = counts;
    if (own != null) {
      return new Counted(own, List.of(edit));
    }
    return before == null ? null : before.then(edit, after);
  }

  public String uri() {
    return uri;
  }

  /// Where it lies on the disk: absolute, with `/`, links resolved; null if it lies elsewhere.
  public @Nullable String path() {
    return path;
  }

  public int version() {
    return version;
  }

  /// Equals that of no other text: what is kept by those who want to know later whether this was
  /// it, and do not want to hold on to it.
  Object edition() {
    return edition;
  }

  public LineIndex lines() {
    return lines;
  }

  public String text() {
    return lines.text();
  }

  public PromptFile file() {
    return analysis().file();
  }

  /// Whether this is a prompt, or prompts. JSON lines that are no chats are none: test rows, logs.
  public boolean holdsPrompts() {
    return !FileNames.mayBeChats(name()) || !file().messages().isEmpty();
  }

  /// What it says to other files.
  FileFacts facts() {
    return facts.get();
  }

  public Shots shots() {
    return analysis().shots();
  }

  /// What is wrong with it, in some surroundings.
  public Checked checked(Surroundings surroundings) {
    return analysis().checked(surroundings);
  }

  /// What the prompt becomes with the input that was chosen for it, else with its defaults.
  public RenderResult rendered(Snapshot snapshot) {
    return Renderer.render(file(), snapshot.renderOptions(this));
  }

  @Nullable TokenCounts counts() {
    return counts;
  }

  @Nullable TokenBudget budget() {
    return budget;
  }

  void budget(TokenBudget value) {
    budget = value;
  }

  /// The counts of an earlier text; null if there are none, or some of this one.
  @Nullable Counted earlier() {
    return earlier;
  }

  void counts(TokenCounts value) {
    counts = value;
    earlier = null;
  }

  /// The example at an offset.
  public Optional<Example> exampleAt(int offset) {
    List<Example> examples = shots().examples();
    int first = InOrder.firstEndingFrom(examples, offset, Example::range);
    return first < examples.size() && examples.get(first).range().touches(offset)
        ? Optional.of(examples.get(first))
        : Optional.empty();
  }

  /// The file's name without its folder, as far as the URI has one.
  public String name() {
    String path = uri.replaceFirst("[?#].*$", "");
    String last = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf(':')) + 1);
    try {
      return URLDecoder.decode(last.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return last;
    }
  }

  private static @Nullable Format format(String languageId) {
    for (Format format : Format.values()) {
      // Several formats share the editors' own ids; those are told apart by content.
      if (format.languageId().equals(languageId) && languageId.startsWith("prompt")) {
        return format;
      }
    }
    return null;
  }
}
