package dev.promptls.prompt;

import dev.promptls.prompt.shots.Shots;
import dev.promptls.prompt.syntax.Format;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.PromptReader;
import dev.promptls.prompt.text.LineIndex;
import dev.promptls.prompt.text.TextEdit;
import org.jspecify.annotations.Nullable;

/// What a text means at one moment, and how that follows an edit at the price of what the edit
/// touched. Immutable.
///
/// @param format that the text was to be read as, null if content and name tell
public record Analysis(@Nullable Format format, PromptFile file, Shots shots) {
  /// Reads a text.
  ///
  /// @param format null to find it by content, then by name
  public static Analysis of(String name, LineIndex lines, @Nullable Format format) {
    PromptFile file = PromptReader.read(name, lines, format);
    return new Analysis(format, file, Shots.in(file));
  }

  /// The same for the text after an edit.
  public Analysis edited(TextEdit edit) {
    return edited(edit, file.lines().edit(edit));
  }

  /// As [#edited(TextEdit)], where the lines are known already.
  public Analysis edited(TextEdit edit, LineIndex after) {
    PromptFile reread = PromptReader.reread(file, edit, after, format);
    return new Analysis(format, reread, Shots.after(shots, edit, reread));
  }
}
