package dev.promptls.prompt.convert;

import java.util.List;

/// A prompt in another format.
///
/// @param text the new file
/// @param losses what it does not say any more, in source order; if empty, it renders to the same
///   messages
public record Conversion(String text, List<Loss> losses) {
  public Conversion {
    losses = List.copyOf(losses);
  }
}
