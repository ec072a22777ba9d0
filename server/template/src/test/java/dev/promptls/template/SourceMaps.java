package dev.promptls.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// What every source map must keep.
public final class SourceMaps {
  private SourceMaps() {}

  /// The entries cover the text, lie in the template, and literal ones say the same as it.
  public static void check(String source, Rendering rendering) {
    int at = 0;
    for (SourceMap.Entry entry : rendering.sources().entries()) {
      assertEquals(at, entry.start());
      assertTrue(entry.end() > entry.start());
      at = entry.end();
      if (entry.template().isEmpty()) {
        String origin = source.substring(entry.sourceStart(), entry.sourceEnd());
        if (entry.literal()) {
          assertEquals(origin, rendering.text().substring(entry.start(), entry.end()));
        }
      }
    }
    assertEquals(rendering.text().length(), at);
  }
}
