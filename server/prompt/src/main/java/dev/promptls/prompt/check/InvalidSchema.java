package dev.promptls.prompt.check;

import dev.promptls.prompt.schema.Picoschema;
import dev.promptls.prompt.schema.SchemaException;
import dev.promptls.prompt.syntax.Format;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.Severity;
import dev.promptls.prompt.syntax.YamlNode;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A schema that cannot be read, so that nothing can be rendered.
final class InvalidSchema implements FileRule {
  /// How other notations write a list: `string[]`.
  private static final Pattern LIST =
      Pattern.compile("(any|boolean|integer|null|number|string)\\[\\](?:, *(.+))?");

  private static final Pattern CHOICE = Pattern.compile("\\(enum *[,)]");

  /// Deeper schemas are refused as a whole.
  private static final int MAX_DEPTH = 64;

  private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*\\??");

  @Override
  public String code() {
    return "invalid-schema";
  }

  @Override
  public Severity severity() {
    return Severity.ERROR;
  }

  @Override
  public String summary() {
    return "A schema that cannot be read.";
  }

  @Override
  public boolean settingsOnly() {
    return true;
  }

  @Override
  public List<Finding> check(Subject subject) {
    PromptFile file = subject.file();
    // Of Picoschema, dotprompt's own notation.
    if (file.format() != Format.DOTPROMPT || file.frontMatter() == null) {
      return List.of();
    }
    List<Finding> findings = new ArrayList<>();
    for (String part : List.of("input", "output")) {
      YamlNode schema = file.at(part, "schema");
      if (schema != null && file.frontMatter().valid()) {
        check(schema, findings);
        choices(schema, findings, 0);
      }
    }
    return findings;
  }

  private void check(YamlNode schema, List<Finding> findings) {
    try {
      var _ = Picoschema.toJsonSchema(schema.value(), Map.of());
    } catch (SchemaException e) {
      int told = findings.size();
      lists(schema, findings, 0);
      if (findings.size() == told) {
        YamlNode node = schema.at(e.path().toArray(String[]::new));
        Span span = node == null || node.span().isEmpty() ? schema.span() : node.span();
        findings.add(finding(span, String.valueOf(e.getMessage())));
      }
    }
  }

  /// Tells of every `name(enum)` without a list of values, which fits nothing.
  private void choices(YamlNode node, List<Finding> findings, int depth) {
    if (!(node instanceof YamlNode.Mapping mapping) || depth > MAX_DEPTH) {
      return;
    }
    for (YamlNode.Entry entry : mapping.entries()) {
      if (!CHOICE.matcher(entry.key().text()).find()) {
        choices(entry.value(), findings, depth + 1);
      } else if (!(entry.value() instanceof YamlNode.Sequence)) {
        Span span = entry.value().span().isEmpty() ? entry.key().span() : entry.value().span();
        findings.add(finding(span, "An enum is a list of its values; write [a, b]."));
      }
    }
  }

  /// Tells of every `string[]` at once, with how to write it.
  private void lists(YamlNode node, List<Finding> findings, int depth) {
    if (!(node instanceof YamlNode.Mapping mapping) || depth > MAX_DEPTH) {
      return;
    }
    for (YamlNode.Entry entry : mapping.entries()) {
      String type = entry.value().string();
      Matcher list = type == null ? null : LIST.matcher(type);
      if (list != null && list.matches()) {
        findings.add(list(entry, list.group(1), list.group(2)));
      }
      lists(entry.value(), findings, depth + 1);
    }
  }

  private Finding list(YamlNode.Entry entry, String type, @Nullable String description) {
    String key = entry.key().text();
    String name = Names.shown(key);
    String message =
        "Picoschema writes a list with its name; write %s(array): %s.".formatted(name, type);
    Finding finding = finding(entry.value().span(), message);
    if (!NAME.matcher(key).matches()) {
      return finding;
    }
    String said = description == null ? "" : ", " + description;
    // Parentheses and colons in a description would be read as the key's own.
    boolean plain = said.indexOf('(') < 0 && said.indexOf(')') < 0 && said.indexOf(':') < 0;
    return plain && entry.key().plain()
        ? finding.fixChangingRendering(
            "Write " + name + "(array): " + type,
            new TextEdit(entry.key().span(), key + "(array" + said + ")"),
            new TextEdit(entry.value().span(), type))
        : finding;
  }
}
