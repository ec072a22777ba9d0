package dev.promptls.prompt.check;

import dev.promptls.prompt.syntax.Format;
import dev.promptls.prompt.syntax.FrontMatter;
import dev.promptls.prompt.syntax.MarkdownKind;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.Severity;
import dev.promptls.prompt.syntax.YamlNode;
import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A skill that is not found by those who look for it: without the name and the description that
/// Agent Skills (agentskills.io) ask for, or with others than these may be. Tools pass over such a
/// skill and say nothing.
final class SkillHeader implements FileRule {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]+(?:-[a-z0-9]+)*");
  private static final int MOST_OF_NAME = 64;
  private static final int MOST_OF_DESCRIPTION = 1024;
  private static final int MOST_OF_COMPATIBILITY = 500;

  @Override
  public String code() {
    return "skill-header";
  }

  @Override
  public Severity severity() {
    return Severity.WARNING;
  }

  @Override
  public String summary() {
    return "A skill whose name or description is missing or not as it must be.";
  }

  @Override
  public boolean settingsOnly() {
    return true;
  }

  @Override
  public List<Finding> check(Subject subject) {
    PromptFile file = subject.file();
    FrontMatter header = file.frontMatter();
    boolean skill =
        file.format() == Format.MARKDOWN && MarkdownKind.of(file.name()) == MarkdownKind.SKILL;
    if (!skill || (header != null && !header.valid())) {
      return List.of();
    }
    Span start = header == null ? Span.at(0) : firstLine(header, file);
    List<Finding> findings = new ArrayList<>();
    name(file, start, findings);
    YamlNode description = file.at("description");
    if (isBlank(description)) {
      String message =
          "A skill needs a description, by which models choose it; say what it does and when to"
              + " use it.";
      findings.add(finding(place(description, start), message));
    }
    longest(description, MOST_OF_DESCRIPTION, "The description", findings);
    longest(
        file.at("compatibility"), MOST_OF_COMPATIBILITY, "What it is compatible with", findings);
    return findings;
  }

  private void name(PromptFile file, Span start, List<Finding> findings) {
    YamlNode written = file.at("name");
    String name = written == null ? null : written.string();
    String folder = folder(file.name());
    if (written == null || isBlank(written)) {
      String message = "A skill needs a name: that of its folder, in lower case, with hyphens.";
      findings.add(finding(place(written, start), message));
    } else if (name != null && !NAME.matcher(name).matches()) {
      String message =
          "A skill's name is made of the letters a to z, digits, and single hyphens between them;"
              + " change it, and its folder's with it.";
      findings.add(finding(written.span(), message));
    } else if (name != null && folder != null && !folder.equals(name)) {
      String message =
          "A skill has the name of its folder; write %s, or rename the folder."
              .formatted(Names.shown(folder));
      findings.add(finding(written.span(), message));
    }
    longest(written, MOST_OF_NAME, "A skill's name", findings);
  }

  private void longest(@Nullable YamlNode value, int most, String what, List<Finding> findings) {
    String text = value == null ? null : value.string();
    int length = text == null ? 0 : text.codePointCount(0, text.length());
    if (value != null && length > most) {
      String message =
          "%s has at most %d characters, and these are %d; shorten it."
              .formatted(what, most, length);
      findings.add(finding(value.span(), message));
    }
  }

  private static boolean isBlank(@Nullable YamlNode value) {
    return value == null
        || (value instanceof YamlNode.Scalar scalar
            && (scalar.value() == null || scalar.text().isBlank()));
  }

  private static Span place(@Nullable YamlNode value, Span otherwise) {
    return value == null || value.span().isEmpty() ? otherwise : value.span();
  }

  private static Span firstLine(FrontMatter header, PromptFile file) {
    int start = header.span().start();
    return new Span(start, Math.max(start, file.lines().lineEnd(file.lines().line(start))));
  }

  /// The name of the folder that a file lies in; null if its path does not say it.
  private static @Nullable String folder(String path) {
    String[] names = path.split("[/\\\\]", -1);
    String folder = names.length < 2 ? "" : names[names.length - 2];
    return folder.isEmpty() || folder.startsWith(".") ? null : folder;
  }
}
