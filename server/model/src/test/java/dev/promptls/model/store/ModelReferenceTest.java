package dev.promptls.model.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.promptls.model.ModelException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ModelReferenceTest {
  @Test
  void eachFormIsRecognised() throws Exception {
    String digest = "ab".repeat(32);
    assertEquals(new ModelReference.Named("qwen3-0.6b"), ModelReference.parse(" qwen3-0.6b "));
    assertEquals(
        new ModelReference.Hub("o/r", "d/f.gguf", "main"), ModelReference.parse("hf:o/r/d/f.gguf"));
    assertEquals(
        new ModelReference.Hub("o/r", "f.gguf", "refs/pr/1"),
        ModelReference.parse("hf:o/r/f.gguf@refs/pr/1"));
    assertEquals(
        new ModelReference.Web(URI.create("https://h/f.gguf?x=1"), digest),
        ModelReference.parse("https://h/f.gguf?x=1#sha256=" + digest));
    assertEquals(new ModelReference.Local(Path.of("f.gguf")), ModelReference.parse("f.gguf"));
    assertEquals(new ModelReference.Local(Path.of("./d")), ModelReference.parse("./d"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hf:o/r",
        "hf:o/../f.gguf",
        "hf:o/r/../../f.gguf",
        "hf:o/r/f.gguf@",
        "http://",
        "https://user:secret@h/f.gguf",
        "https://h/f.gguf#sha256=12",
        "https://h/f.gguf#top",
        "https://h/a b"
      })
  void whatIsOfNoFormIsRefused(String text) {
    ModelException e = assertThrows(ModelException.class, () -> ModelReference.parse(text));
    assertFalse(String.valueOf(e.getMessage()).contains("secret"), e.getMessage());
  }

  @Test
  void theCatalogueIsSound() throws Exception {
    Catalogue catalogue = Catalogue.builtIn();
    assertEquals("smollm2-135m-instruct", catalogue.defaultModel().name());
    assertEquals(98_362_432, catalogue.defaultModel().bytes());
    assertTrue(catalogue.entries().size() >= 12);
    Set<String> names = new HashSet<>();
    for (Catalogue.Entry entry : catalogue.entries()) {
      assertEquals(entry.name(), Shelf.fold(entry.name()));
      assertTrue(names.add(entry.name()) && entry.aliases().stream().allMatch(names::add));
      assertTrue(entry.sha256().matches("[0-9a-f]{64}"), entry.name());
      assertTrue(entry.bytes() > 1_000_000 && !entry.licence().isEmpty(), entry.name());
      ModelReference.parse(
          "hf:%s/%s@%s"
              .formatted(entry.hub().repository(), entry.hub().file(), entry.hub().revision()));
      assertEquals(entry, catalogue.find("Vendor/" + entry.name()).orElseThrow());
    }
  }
}
