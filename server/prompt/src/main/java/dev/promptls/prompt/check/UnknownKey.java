package dev.promptls.prompt.check;

import dev.promptls.prompt.syntax.FrontMatter;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.Severity;
import dev.promptls.prompt.syntax.YamlNode;
import dev.promptls.prompt.vocabulary.KeyInfo;
import dev.promptls.prompt.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A key of the front matter that means nothing, often because it is misspelt. Keys with a dot are
/// anybody's and always allowed.
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
  public List<Finding> check(Subject subject) {
    PromptFile file = subject.file();
    FrontMatter frontMatter = file.frontMatter();
    List<KeyInfo> known = Vocabulary.keys(file.format());
    if (frontMatter == null || frontMatter.root() == null || known.isEmpty()) {
      return List.of();
    }
    List<Finding> problems = new ArrayList<>();
    for (YamlNode.Entry entry : frontMatter.root().entries()) {
      String key = entry.key().text();
      if (!key.contains(".") && Vocabulary.key(file.format(), key) == null) {
        problems.add(problem(entry, Spelling.nearest(key, top(known))));
      }
    }
    return problems;
  }

  private Finding problem(YamlNode.Entry entry, @Nullable String meant) {
    String advice =
        meant == null
            ? "write it with a dot, as in my." + entry.key().text() + ", to keep it as an extension"
            : "did you mean " + meant + "?";
    String message = "The key " + entry.key().text() + " means nothing here; " + advice;
    String sentence = message.endsWith("?") ? message : message + ".";
    return finding(entry.key().span(), sentence);
  }

  private static List<String> top(List<KeyInfo> known) {
    return known.stream().map(KeyInfo::name).filter(name -> !name.contains(".")).toList();
  }
}
