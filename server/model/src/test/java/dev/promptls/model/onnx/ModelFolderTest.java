package dev.promptls.model.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.promptls.model.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Folders that are as they should be, and folders that lack something.
class ModelFolderTest {
  @TempDir Path folder;

  @BeforeEach
  void copy() throws IOException {
    Path source = Path.of("src/test/resources/published/optimum");
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path target = folder.resolve(source.relativize(file).toString());
        if (!Files.isDirectory(file)) {
          Files.createDirectories(target.getParent());
          Files.copy(file, target);
        }
      }
    }
  }

  private String refusal() {
    String sentence =
        assertThrows(
                ModelException.class,
                () -> ModelFolder.open(folder).load(false, Hardware.cpu(1)).close())
            .getMessage();
    assertTrue(sentence.contains(folder.toString()), sentence);
    return sentence;
  }

  private void edit(String file, String from, String to) throws IOException {
    Path path = folder.resolve(file);
    String text = Files.readString(path);
    assertTrue(text.contains(from));
    Files.writeString(path, text.replace(from, to));
  }

  @ParameterizedTest
  @CsvSource({
    "model.onnx, ''",
    "onnx/model_q4.onnx, Q4",
    "onnx/model_quantized.onnx, QUANTIZED",
    "decoder_model_merged.onnx, ''",
    "something.onnx, ''"
  })
  void graphsAreFoundByTheirNames(String name, String quantisation) throws Exception {
    Files.move(folder.resolve("onnx/model.onnx"), folder.resolve(name));
    ModelFolder opened = ModelFolder.open(folder);
    assertEquals(quantisation, opened.info().quantisation());
    opened.load(false, Hardware.cpu(1)).close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"config.json", "tokenizer.json", "onnx/model.onnx"})
  void whatIsMissingIsNamed(String file) throws Exception {
    Files.delete(folder.resolve(file));
    assertTrue(refusal().contains(Path.of(file).getFileName().toString()), refusal());
  }

  @Test
  void theJsonIsRead() throws Exception {
    edit("config.json", "\"max_position_embeddings\"", "\"other\"");
    assertTrue(refusal().contains("max_position_embeddings"));
    Files.writeString(folder.resolve("config.json"), "{");
    assertTrue(refusal().contains("no valid JSON"));
  }

  @Test
  void theGraphFitsTheJson() throws Exception {
    edit("config.json", "\"vocab_size\": 259", "\"vocab_size\": 260");
    assertTrue(refusal().contains("number of logits"));
    edit("config.json", "\"vocab_size\": 260", "\"vocab_size\": 259");
    edit("config.json", "\"num_hidden_layers\": 2", "\"num_hidden_layers\": 3");
    assertTrue(refusal().contains("names 3 layers"));
  }

  @Test
  void aCutGraphIsRefused() throws Exception {
    Path graph = folder.resolve("onnx/model.onnx");
    byte[] bytes = Files.readAllBytes(graph);
    Files.write(graph, Arrays.copyOf(bytes, bytes.length / 2));
    assertTrue(refusal().contains("no whole ONNX file"));
  }

  @Test
  void theTokenizerTellsWhetherPromptsBeginWithAToken() throws Exception {
    edit("tokenizer_config.json", "\"add_bos_token\": false", "\"add_bos_token\": true");
    assertEquals(1, ModelFolder.open(folder).vocabulary().startId().orElseThrow());
    edit("tokenizer_config.json", "\"add_bos_token\": true,", "");
    assertTrue(ModelFolder.open(folder).vocabulary().startId().isEmpty());
    edit(
        "tokenizer.json",
        "\"decoder\":",
        "\"post_processor\": {\"type\": \"TemplateProcessing\", \"single\":"
            + " [{\"SpecialToken\": {\"id\": \"<|im_start|>\", \"type_id\": 0}}]}, \"decoder\":");
    assertEquals(1, ModelFolder.open(folder).vocabulary().startId().orElseThrow());
  }
}
