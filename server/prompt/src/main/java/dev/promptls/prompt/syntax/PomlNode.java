package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.Span;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A piece of a POML document.
sealed interface PomlNode {
  Span span();

  /// Characters between tags, escapes included.
  record Text(Span span) implements PomlNode {}

  /// An element; one that is never closed ends where its parent does.
  ///
  /// @param name as the tag writes it
  /// @param span with both tags
  /// @param content between the tags
  record Element(
      String name,
      Span nameSpan,
      List<Attribute> attributes,
      Span span,
      Span content,
      List<PomlNode> children)
      implements PomlNode {
    public Element {
      attributes = List.copyOf(attributes);
      children = List.copyOf(children);
    }

    /// The name in lower case without hyphens: POML takes `human-msg` and `HumanMsg` for the same.
    String plainName() {
      return name.toLowerCase(Locale.ROOT).replace("-", "");
    }

    @Nullable Attribute attribute(String wanted) {
      for (Attribute attribute : attributes) {
        if (attribute.name().replace("-", "").equalsIgnoreCase(wanted)) {
          return attribute;
        }
      }
      return null;
    }

    /// The value of an attribute, empty if it is not there.
    String value(String wanted) {
      Attribute attribute = attribute(wanted);
      return attribute == null ? "" : attribute.value();
    }
  }

  /// `name="value"`.
  ///
  /// @param value as written between the quotes
  /// @param valueSpan of what stands between the quotes
  record Attribute(String name, String value, Span valueSpan) {}
}
