package dev.promptls.prompt.vocabulary;

import java.util.List;

/// The words of dotprompt and of our own dotted keys.
final class DotpromptWords {
  static final List<KeyInfo> KEYS = List.of();
  static final List<KeyInfo> ROLES = List.of();
  static final List<KeyInfo> HELPERS = List.of();

  private DotpromptWords() {}
}
