package dev.promptls.prompt;

import dev.promptls.prompt.check.Checked;
import dev.promptls.prompt.check.Subject;
import dev.promptls.prompt.check.Surroundings;
import dev.promptls.prompt.shots.Shots;
import dev.promptls.prompt.syntax.Format;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.PromptReader;
import dev.promptls.prompt.text.LineIndex;
import dev.promptls.prompt.text.TextEdit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a text means and what is wrong with it, and how that follows an edit at the price of what
/// the edit touched. Immutable to the outside; safe to use from several threads.
public final class Analysis {
  private final @Nullable Format format;
  private final PromptFile file;
  private final Shots shots;

  /// What was found last: in this text, or in an earlier one.
  private volatile @Nullable Findings last;

  private Analysis(@Nullable Format format, PromptFile file, Shots shots, @Nullable Findings last) {
    this.format = format;
    this.file = file;
    this.shots = shots;
    this.last = last;
  }

  /// Findings, and the edit that has been made since; null if none has.
  private record Findings(Checked checked, @Nullable TextEdit since) {}

  /// Reads a text.
  ///
  /// @param format null to find it by content, then by name
  public static Analysis of(String name, LineIndex lines, @Nullable Format format) {
    PromptFile file = PromptReader.read(name, lines, format);
    return new Analysis(format, file, Shots.in(file), null);
  }

  public PromptFile file() {
    return file;
  }

  public Shots shots() {
    return shots;
  }

  /// What is wrong, in some surroundings. Worked out when first asked for.
  public Checked checked(Surroundings surroundings) {
    Findings known = last;
    if (known != null
        && known.since() == null
        && known.checked().subject().surroundings().equals(surroundings)) {
      return known.checked();
    }
    Subject subject = new Subject(file, shots, surroundings);
    Checked checked =
        known == null
            ? Checked.of(subject)
            : known
                .checked()
                .after(Objects.requireNonNullElse(known.since(), TextEdit.NONE), subject);
    last = new Findings(checked, null);
    return checked;
  }

  /// The same for the text after an edit.
  public Analysis edited(TextEdit edit) {
    return edited(edit, file.lines().edit(edit));
  }

  /// As [#edited(TextEdit)], where the lines are known already.
  public Analysis edited(TextEdit edit, LineIndex after) {
    PromptFile reread = PromptReader.reread(file, edit, after, format);
    Findings known = last;
    TextEdit since = known == null ? null : known.since();
    TextEdit whole = since == null ? edit : since.then(edit, after.text());
    return new Analysis(
        format,
        reread,
        Shots.after(shots, edit, reread),
        known == null ? null : new Findings(known.checked(), whole));
  }
}
