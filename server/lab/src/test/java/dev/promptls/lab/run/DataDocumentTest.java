package dev.promptls.lab.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DataDocumentTest {
  @Test
  void documentsAreAListOrNotGiven() {
    List<?> docs = List.of(Map.of("content", "d"));
    assertEquals(docs, DataDocument.read(Map.of("docs", docs)).docs());
    assertNull(DataDocument.read(Map.of()).docs());
    assertThrows(
        IllegalArgumentException.class, () -> DataDocument.read(Map.of("docs", "a document")));
  }
}
