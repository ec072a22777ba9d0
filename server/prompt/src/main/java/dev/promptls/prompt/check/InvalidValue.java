package dev.promptls.prompt.check;

import dev.promptls.prompt.syntax.Format;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.PromptyProperty;
import dev.promptls.prompt.syntax.Severity;
import dev.promptls.prompt.syntax.YamlNode;
import dev.promptls.prompt.text.TextEdit;
import dev.promptls.prompt.vocabulary.KeyInfo;
import dev.promptls.prompt.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A value that is none of those a key takes, or beyond its limits.
final class InvalidValue implements FileRule {
  private static final int MAX_SHOWN = 8;

  @Override
  public String code() {
    return "invalid-value";
  }

  @Override
  public Severity severity() {
    return Severity.WARNING;
  }

  @Override
  public String summary() {
    return "A value that is none of those its key takes, or beyond its limits.";
  }

  @Override
  public boolean settingsOnly() {
    return true;
  }

  @Override
  public List<Finding> check(Subject subject) {
    List<Finding> findings = new ArrayList<>();
    KnownKeys.visit(
        subject,
        (key, value) -> {
          List<YamlNode> items =
              value instanceof YamlNode.Sequence list ? list.items() : List.of(value);
          for (YamlNode item : items) {
            Finding finding = item instanceof YamlNode.Scalar scalar ? check(key, scalar) : null;
            if (finding != null) {
              findings.add(finding);
            }
          }
        });
    kinds(subject.file(), findings);
    return findings;
  }

  /// Kinds of inputs in Prompty: anybody may have kinds of his own, so that only a slip is told.
  private void kinds(PromptFile file, List<Finding> findings) {
    if (file.format() != Format.PROMPTY) {
      return;
    }
    List<String> known = Vocabulary.types(file.format()).stream().map(KeyInfo::name).toList();
    for (YamlNode.Scalar kind : PromptyProperty.kinds(file)) {
      String meant = known.contains(kind.text()) ? null : Spelling.slip(kind.text(), known);
      if (meant != null) {
        String message =
            "There is no kind %s; did you mean %s?".formatted(Names.shown(kind.text()), meant);
        findings.add(
            finding(kind.span(), message)
                .fixChangingRendering("Change to " + meant, new TextEdit(kind.span(), meant)));
      }
    }
  }

  private @Nullable Finding check(KnownKeys.Key key, YamlNode.Scalar value) {
    KeyType type = key.type();
    if (type.fits(value.value()) && !type.inRange(value.value())) {
      String message =
          "%s goes from %s to %s; choose a value between."
              .formatted(key.path(), number(type.least()), number(type.most()));
      return finding(value.span(), message);
    }
    String text = value.string();
    // An extension's values are suggestions.
    boolean free =
        key.info().values().isEmpty()
            || key.path().startsWith("promptls.")
            // Said by the rule of unknown roles.
            || key.path().equals("messages.role");
    if (text == null || free || key.info().values().contains(text)) {
      return null;
    }
    String meant = Spelling.nearest(text, key.info().values());
    String known =
        String.join(
            ", ", key.info().values().subList(0, Math.min(MAX_SHOWN, key.info().values().size())));
    String message =
        "%s does not know the value %s; %s"
            .formatted(
                key.path(),
                Names.shown(text),
                meant == null ? "choose one of " + known + "." : "did you mean " + meant + "?");
    Finding finding =
        finding(value.span(), message)
            .severity(stops(key, text) ? Severity.ERROR : Severity.WARNING);
    return meant == null
        ? finding
        : finding.fixChangingRendering("Change to " + meant, new TextEdit(value.span(), meant));
  }

  /// Whether nothing is sent with a value: of the languages of Prompty's template. All names of
  /// Jinja mean the same.
  private static boolean stops(KnownKeys.Key key, String value) {
    return key.path().startsWith("template.") && !value.startsWith("jinja");
  }

  private static String number(@Nullable Double value) {
    if (value == null) {
      return "";
    }
    return value == Math.rint(value) ? String.valueOf(value.longValue()) : String.valueOf(value);
  }
}
