package dev.promptls.app;

import dev.promptls.prompt.check.Finding;
import dev.promptls.prompt.check.Fix;
import dev.promptls.prompt.text.Edits;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The fixes that may be applied without asking: those that leave what is sent as it is.
final class LintFixes {
  private LintFixes() {}

  /// The first such fix of a finding; null if it has none.
  static @Nullable Fix safe(Finding finding) {
    for (Fix fix : finding.fixes()) {
      if (fix.keepsRendering() && !fix.edits().isEmpty()) {
        return fix;
      }
    }
    return null;
  }

  /// A text with the safe fixes applied that do not get in each other's way.
  ///
  /// @return the text itself if there are none
  static String apply(String text, List<Finding> findings) {
    List<TextEdit> edits = new ArrayList<>();
    for (Finding finding : findings) {
      Fix fix = safe(finding);
      if (fix != null && fix.edits().stream().noneMatch(edit -> touches(edit, edits))) {
        edits.addAll(fix.edits());
      }
    }
    edits.sort(Comparator.comparing(TextEdit::span));
    return edits.isEmpty() ? text : Edits.apply(text, edits);
  }

  private static boolean touches(TextEdit edit, List<TextEdit> others) {
    Span span = edit.span();
    return others.stream()
        .anyMatch(
            other -> span.start() <= other.span().end() && other.span().start() <= span.end());
  }
}
