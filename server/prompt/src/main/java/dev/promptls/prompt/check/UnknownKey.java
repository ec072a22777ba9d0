package dev.promptls.prompt.check;

import dev.promptls.prompt.syntax.FrontMatter;
import dev.promptls.prompt.syntax.Problem;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.Severity;
import dev.promptls.prompt.syntax.YamlNode;
import dev.promptls.prompt.vocabulary.KeyInfo;
import dev.promptls.prompt.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A key of the front matter that means nothing, often because it is misspelt. Keys with a dot are
/// anybody's and always allowed.
final class UnknownKey implements Rule {
  @Override
  public String code() {
    return "unknown-key";
  }

  @Override
  public List<Problem> check(PromptFile file) {
    FrontMatter frontMatter = file.frontMatter();
    List<KeyInfo> known = Vocabulary.keys(file.format());
    if (frontMatter == null || frontMatter.root() == null || known.isEmpty()) {
      return List.of();
    }
    List<Problem> problems = new ArrayList<>();
    for (YamlNode.Entry entry : frontMatter.root().entries()) {
      String key = entry.key().text();
      if (!key.contains(".") && Vocabulary.key(file.format(), key) == null) {
        problems.add(problem(entry, nearest(key, known)));
      }
    }
    return problems;
  }

  private Problem problem(YamlNode.Entry entry, @Nullable String meant) {
    String advice =
        meant == null
            ? "write it with a dot, as in my." + entry.key().text() + ", to keep it as an extension"
            : "did you mean " + meant + "?";
    String message = "The key " + entry.key().text() + " means nothing here; " + advice;
    String sentence = message.endsWith("?") ? message : message + ".";
    return new Problem(code(), entry.key().span(), Severity.WARNING, sentence);
  }

  /// The known key that differs in the fewest letters, if these are few.
  private static @Nullable String nearest(String key, List<KeyInfo> known) {
    String best = null;
    int least = Math.min(3, key.length() / 2 + 1);
    for (KeyInfo info : known) {
      boolean top = !info.name().contains(".");
      int distance = top ? distance(key, info.name(), least) : least;
      if (distance < least) {
        best = info.name();
        least = distance;
      }
    }
    return best;
  }

  /// Levenshtein's distance without regard to case; `limit` if it is not below that.
  private static int distance(String one, String other, int limit) {
    if (Math.abs(one.length() - other.length()) >= limit) {
      return limit;
    }
    String a = one.toLowerCase(Locale.ROOT);
    String b = other.toLowerCase(Locale.ROOT);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return Math.min(limit, row[b.length()]);
  }
}
