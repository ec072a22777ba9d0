package dev.promptls.model.embed;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.engine.EngineException;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.inference.Predictor;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import dev.promptls.model.Embedder;
import dev.promptls.model.ModelException;
import dev.promptls.model.tokens.NativeLibraries;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The embedding model all-MiniLM-L6-v2, quantised, that lies on the class path: 384 dimensions,
/// 256 tokens, mean pooling. Source: Reimers and Gurevych, Sentence-BERT (2019).
///
/// ONNX Runtime has one environment for a process, and DJL insists on making it: an embedder must
/// be opened before anything else in the same process uses ONNX Runtime. Language models run in a
/// process of their own, so nothing does.
public final class MiniLmEmbedder implements Embedder {
  private static final String MODEL = "all-minilm-l6-v2-q.onnx";
  private static final String TOKENIZER = "all-minilm-l6-v2-q-tokenizer.json";
  private static final int DIMENSIONS = 384;
  private static final int MAX_TOKENS = 256;

  private final ZooModel<String, float[]> model;
  private final Predictor<String, float[]> predictor;
  private boolean closed;

  private MiniLmEmbedder(ZooModel<String, float[]> model) {
    this.model = model;
    this.predictor = model.newPredictor();
  }

  /// Loads the model.
  ///
  /// @param folder for a copy of the model, which ONNX Runtime reads from disk; made if missing
  /// @param threads that one step may use
  public static MiniLmEmbedder open(Path folder, int threads) throws ModelException {
    NativeLibraries.stayOffline();
    try {
      Path file = unpacked(folder);
      return new MiniLmEmbedder(criteria(file, threads).loadModel());
    } catch (IOException e) {
      throw new ModelException(
          "The embedding model could not be unpacked into %s (%s); check its permissions and the disk."
              .formatted(folder, e.getMessage()),
          e);
    } catch (ModelNotFoundException
        | MalformedModelException
        | EngineException
        | ExceptionInInitializerError e) {
      throw new ModelException(
          "The embedding model could not be loaded (%s); remove the folder %s and try again."
              .formatted(e.getMessage(), folder),
          e);
    }
  }

  private static Criteria<String, float[]> criteria(Path file, int threads) throws IOException {
    return Criteria.builder()
        .setTypes(String.class, float[].class)
        .optEngine("OnnxRuntime")
        .optDevice(Device.cpu())
        .optModelPath(file)
        .optOption("intraOpNumThreads", Integer.toString(threads))
        .optTranslator(new SentenceTranslator(tokenizer(), DIMENSIONS))
        .build();
  }

  private static HuggingFaceTokenizer tokenizer() throws IOException {
    Map<String, String> options =
        Map.of(
            "addSpecialTokens", "true",
            "truncation", "true",
            "padding", "DO_NOT_PAD",
            "maxLength", Integer.toString(MAX_TOKENS),
            "modelMaxLength", Integer.toString(MAX_TOKENS));
    try (InputStream json = resource(TOKENIZER)) {
      return HuggingFaceTokenizer.newInstance(json, options);
    }
  }

  private static Path unpacked(Path folder) throws IOException {
    Path file = folder.resolve(MODEL);
    if (!Files.exists(file)) {
      Files.createDirectories(folder);
      Path partial = Files.createTempFile(folder, "embedding", ".part");
      try (InputStream model = resource(MODEL)) {
        Files.copy(model, partial, StandardCopyOption.REPLACE_EXISTING);
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(partial);
      }
    }
    return file;
  }

  private static InputStream resource(String name) throws IOException {
    InputStream in = MiniLmEmbedder.class.getResourceAsStream("/" + name);
    if (in == null) {
      throw new IOException(name + " is not on the class path");
    }
    return in;
  }

  @Override
  public synchronized List<float[]> embed(List<String> texts) throws ModelException {
    if (closed) {
      throw new ModelException("The embedding model was closed; open it again.");
    }
    try {
      List<float[]> vectors = new ArrayList<>(texts.size());
      // One by one: the model quantises by the range of all it is given, so that in a batch the
      // vector of a text would depend on its neighbours; and padding costs what batching saves.
      for (String text : texts) {
        vectors.add(predictor.predict(text));
      }
      return vectors;
    } catch (TranslateException e) {
      throw new ModelException(
          "The embedding model failed (%s); try again with fewer or shorter texts."
              .formatted(e.getMessage()),
          e);
    }
  }

  @Override
  public int dimensions() {
    return DIMENSIONS;
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      predictor.close();
      model.close();
    }
  }
}
