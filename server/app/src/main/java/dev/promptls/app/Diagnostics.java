package dev.promptls.app;

import dev.promptls.prompt.render.RenderResult;
import dev.promptls.prompt.syntax.Problem;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.Severity;
import dev.promptls.prompt.text.Encoding;
import dev.promptls.prompt.text.Position;
import java.util.List;
import java.util.Locale;

/// Findings as compilers print them: `path:line:column: severity: sentence [code]`, on standard
/// error.
final class Diagnostics {
  private Diagnostics() {}

  /// Whether a file could be read as its author meant it; if not, it was said why. The reference of
  /// dotprompt sends broken settings as text, which nobody who renders a file wants.
  static boolean readable(Console console, PromptFile file) {
    print(console, file, file.problems());
    return file.problems().stream().noneMatch(problem -> problem.severity() == Severity.ERROR);
  }

  /// Whether a prompt has something to send; if not, it was said why.
  static boolean sendable(Console console, PromptFile file, RenderResult rendered) {
    if (!readable(console, file)) {
      return false;
    }
    print(console, file, rendered.problems());
    if (rendered.failed()) {
      return false;
    }
    if (rendered.messages().isEmpty()) {
      console.note(file.name() + " has no text to send: write a prompt in it.");
      return false;
    }
    return true;
  }

  static void print(Console console, PromptFile file, List<Problem> problems) {
    for (Problem problem : problems) {
      Position start = file.lines().position(problem.span().start(), Encoding.UTF16);
      console
          .err()
          .printf(
              Locale.ROOT,
              "%s:%d:%d: %s: %s [%s]\n",
              file.name(),
              start.line() + 1,
              start.character() + 1,
              problem.severity().name().toLowerCase(Locale.ROOT),
              problem.message(),
              problem.code());
    }
    console.err().flush();
  }
}
