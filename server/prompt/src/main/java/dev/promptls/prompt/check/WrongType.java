package dev.promptls.prompt.check;

import dev.promptls.prompt.syntax.Severity;
import dev.promptls.prompt.syntax.YamlNode;
import dev.promptls.prompt.text.TextEdit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The value of a known key that is of another type than the key takes.
final class WrongType implements FileRule {
  @Override
  public String code() {
    return "wrong-type";
  }

  @Override
  public Severity severity() {
    return Severity.ERROR;
  }

  @Override
  public String summary() {
    return "The value of a key that is of another type than the key takes.";
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
          Finding finding = check(key, value);
          if (finding != null) {
            findings.add(finding);
          }
        });
    return findings;
  }

  private @Nullable Finding check(KnownKeys.Key key, YamlNode value) {
    KeyType type = key.type();
    boolean nothing = value instanceof YamlNode.Scalar scalar && scalar.value() == null;
    if (nothing || type.kinds().isEmpty() || fits(type, value)) {
      return null;
    }
    String message = "%s takes %s; change this value.".formatted(key.path(), type.words());
    Finding finding = finding(value.span(), message);
    String unquoted = unquoted(type, value);
    return unquoted == null
        ? finding
        : finding.fixKeepingRendering("Remove the quotes", new TextEdit(value.span(), unquoted));
  }

  private static boolean fits(KeyType type, YamlNode value) {
    // The value of a large list or mapping is never made: its kind is enough.
    return switch (value) {
      case YamlNode.Mapping _ -> type.kinds().contains(KeyType.Kind.OBJECT);
      case YamlNode.Sequence _ -> type.kinds().contains(KeyType.Kind.LIST);
      case YamlNode.Scalar scalar -> type.fits(scalar.value());
    };
  }

  /// What a quoted number or truth value says, if that is what the key takes.
  private static @Nullable String unquoted(KeyType type, YamlNode value) {
    if (!(value instanceof YamlNode.Scalar scalar) || scalar.plain()) {
      return null;
    }
    String text = scalar.text().strip();
    boolean number = text.matches("-?\\d{1,15}(\\.\\d{1,15})?");
    boolean whole = number && text.indexOf('.') < 0;
    boolean fits =
        (whole && type.kinds().contains(KeyType.Kind.INTEGER))
            || (number && type.kinds().contains(KeyType.Kind.NUMBER))
            || ((text.equals("true") || text.equals("false"))
                && type.kinds().contains(KeyType.Kind.BOOLEAN));
    return fits ? text : null;
  }
}
