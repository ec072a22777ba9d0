package dev.promptls.prompt.syntax;

import org.snakeyaml.engine.v2.api.LoadSettings;

/// How the library reads YAML here.
public final class YamlSettings {
  /// In UTF-16 units; what the library takes when nobody says otherwise.
  private static final int USUAL_BUFFER = 16 * 1024;

  private static final LoadSettings USUAL = withBuffer(USUAL_BUFFER);

  private YamlSettings() {}

  /// Settings for a text, whose length the reader has bounded. All of it is one buffer: a token
  /// that is longer than a buffer makes the library copy what it has read of it for each further
  /// one.
  public static LoadSettings of(String text) {
    return text.length() <= USUAL_BUFFER ? USUAL : withBuffer(text.length());
  }

  private static LoadSettings withBuffer(int length) {
    return LoadSettings.builder()
        .setLabel("front matter")
        .setCodePointLimit(Integer.MAX_VALUE)
        .setBufferSize(length)
        .setUseMarks(true)
        .build();
  }
}
