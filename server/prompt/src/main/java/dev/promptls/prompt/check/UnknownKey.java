package dev.promptls.prompt.check;

import dev.promptls.prompt.syntax.FrontMatter;
import dev.promptls.prompt.syntax.Severity;
import dev.promptls.prompt.syntax.YamlNode;
import dev.promptls.prompt.text.TextEdit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A key that means nothing, often because it is misspelt. At the top every unknown key is told,
/// but those with a dot, which are anybody's. Below the top, where models and tools have keys of
/// their own, only those that are nearly a known one.
final class UnknownKey implements FileRule {
  @Override
  public String code() {
    return "unknown-key";
  }

  @Override
  public Severity severity() {
    return Severity.WARNING;
  }

  @Override
  public String summary() {
    return "A key that means nothing, often because it is misspelt.";
  }

  @Override
  public boolean settingsOnly() {
    return true;
  }

  @Override
  public List<Finding> check(Subject subject) {
    FrontMatter frontMatter = subject.file().frontMatter();
    KnownKeys known = KnownKeys.of(subject.file());
    if (frontMatter == null || frontMatter.root() == null || known.below("").isEmpty()) {
      return List.of();
    }
    List<Finding> findings = new ArrayList<>();
    check(frontMatter.root(), "", known, findings);
    return findings;
  }

  private void check(YamlNode node, String path, KnownKeys known, List<Finding> findings) {
    Map<String, KnownKeys.Key> names = known.below(path);
    if (names.isEmpty()) {
      return;
    }
    if (node instanceof YamlNode.Sequence list) {
      list.items().forEach(item -> check(item, path, known, findings));
    }
    if (node instanceof YamlNode.Mapping mapping) {
      for (YamlNode.Entry entry : mapping.entries()) {
        if (findings.size() >= Checked.ENOUGH) {
          return;
        }
        KnownKeys.Key key = names.get(entry.key().text());
        if (key != null) {
          check(entry.value(), key.path(), known, findings);
          continue;
        }
        Finding finding = unknown(entry, path, mapping, known);
        if (finding != null) {
          findings.add(finding);
        }
      }
    }
  }

  private @Nullable Finding unknown(
      YamlNode.Entry entry, String path, YamlNode.Mapping mapping, KnownKeys known) {
    String key = entry.key().text();
    String meant = Spelling.nearest(key, known.below(path).keySet());
    boolean extension = key.contains(".");
    if (meant == null && (extension || !path.isEmpty())) {
      return null;
    }
    if (extension && !key.substring(0, key.indexOf('.')).equals(prefix(meant))) {
      return null;
    }
    String shown = Names.shown(key);
    String where = path.isEmpty() ? "here" : "in " + path;
    if (meant != null) {
      String message =
          "The key %s means nothing %s; did you mean %s?".formatted(shown, where, meant);
      Finding finding = finding(entry.key().span(), message);
      return mapping.entry(meant) == null
          ? finding.fixChangingRendering(
              "Rename to " + meant, new TextEdit(entry.key().span(), meant))
          : finding;
    }
    String advice =
        known.allowsDots()
            ? "write it with a dot, as in my." + shown + ", to keep it as an extension."
            : "remove it.";
    return finding(entry.key().span(), "The key " + shown + " means nothing here; " + advice);
  }

  private static @Nullable String prefix(@Nullable String key) {
    return key == null || key.indexOf('.') < 0 ? null : key.substring(0, key.indexOf('.'));
  }
}
