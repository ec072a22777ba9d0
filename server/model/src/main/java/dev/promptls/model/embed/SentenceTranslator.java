package dev.promptls.model.embed;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslatorContext;
import java.nio.FloatBuffer;

/// A text to the inputs of a BERT and its hidden states to one vector: the mean over the tokens, at
/// length 1.
///
/// Pooling is plain arithmetic here because DJL's needs a second engine beside ONNX Runtime.
final class SentenceTranslator implements NoBatchifyTranslator<String, float[]> {
  private final HuggingFaceTokenizer tokenizer;
  private final int dimensions;

  SentenceTranslator(HuggingFaceTokenizer tokenizer, int dimensions) {
    this.tokenizer = tokenizer;
    this.dimensions = dimensions;
  }

  @Override
  public NDList processInput(TranslatorContext context, String text) {
    Encoding encoding = tokenizer.encode(text);
    NDManager manager = context.getNDManager();
    return new NDList(
        row(manager, "input_ids", encoding.getIds()),
        row(manager, "attention_mask", encoding.getAttentionMask()),
        row(manager, "token_type_ids", encoding.getTypeIds()));
  }

  /// Shape `[1, tokens]`.
  private static NDArray row(NDManager manager, String name, long[] values) {
    NDArray array = manager.create(new long[][] {values});
    array.setName(name);
    return array;
  }

  /// @param outputs the hidden states, `[1, tokens, dimensions]`
  @Override
  public float[] processOutput(TranslatorContext context, NDList outputs) {
    FloatBuffer hidden = outputs.head().toByteBuffer().asFloatBuffer();
    // The sum points where the mean does.
    double[] sum = new double[dimensions];
    while (hidden.hasRemaining()) {
      for (int d = 0; d < dimensions; d++) {
        sum[d] += hidden.get();
      }
    }
    double squares = 0;
    for (double value : sum) {
      squares += value * value;
    }
    double length = Math.sqrt(squares);
    float[] vector = new float[dimensions];
    for (int d = 0; d < dimensions; d++) {
      vector[d] = (float) (sum[d] / length);
    }
    return vector;
  }
}
