package dev.promptls.model.tokens;

import dev.promptls.model.ModelException;
import dev.promptls.model.gguf.Metadata;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/// The vocabulary that a GGUF file carries in its metadata (`tokenizer.ggml.*`).
///
/// @param file the name of the file, for messages
/// @param model `gpt2` for byte-level BPE, `llama` for SentencePiece
/// @param pre the name of the rule that cuts text before BPE; empty if the file names none
/// @param tokens by id
/// @param merges of BPE, best first, both parts separated by a space; empty for SentencePiece
/// @param addsStart whether a prompt begins with the start token; empty if the file does not say
/// @param addsSpacePrefix whether a space goes before text; empty if the file does not say
public record GgufVocabulary(
    String file,
    String model,
    String pre,
    List<Token> tokens,
    List<String> merges,
    OptionalInt startId,
    OptionalInt endId,
    OptionalInt unknownId,
    Optional<Boolean> addsStart,
    Optional<Boolean> addsSpacePrefix) {

  /// Tokens that end an answer in one model family or another, whatever the file says of them.
  /// Source: the list of end-of-generation tokens in llama.cpp.
  private static final Set<String> ENDS =
      Set.of(
          "<|eot_id|>",
          "<|im_end|>",
          "<|end|>",
          "<end_of_turn>",
          "<|endoftext|>",
          "</s>",
          "<|eom_id|>",
          "<EOT>",
          "_<EOT>",
          "<|end_of_text|>",
          "<end_of_utterance>",
          "<eos>",
          "<｜end▁of▁sentence｜>");

  private static final String KEY = "tokenizer.ggml.";

  public GgufVocabulary {
    tokens = List.copyOf(tokens);
    merges = List.copyOf(merges);
  }

  /// One token.
  ///
  /// @param text in the alphabet of the tokenizer, not as it is printed
  /// @param score of SentencePiece: of two pairs that could be joined the higher goes first
  public record Token(String text, float score, Kind kind) {}

  /// What a token is for.
  public enum Kind {
    NORMAL,
    UNKNOWN,
    /// Steers the model, prints nothing.
    CONTROL,
    /// Printed text that is always one token.
    USER_DEFINED,
    UNUSED,
    /// One byte, written `<0x0A>`.
    BYTE;

    /// The kind that `tokenizer.ggml.token_type` means by a number.
    public static Kind of(int type) {
      return switch (type) {
        case 1 -> NORMAL;
        case 2 -> UNKNOWN;
        case 3 -> CONTROL;
        case 4 -> USER_DEFINED;
        case 6 -> BYTE;
        default -> UNUSED;
      };
    }

    /// Whether such a token is recognised in text before anything else is done with the text.
    boolean special() {
      return this == UNKNOWN || this == CONTROL || this == USER_DEFINED;
    }
  }

  /// The vocabulary in the metadata of a GGUF file.
  ///
  /// @param file the name of the file, for messages
  /// @throws ModelException if there is none or its parts do not fit together
  public static GgufVocabulary of(String file, Metadata metadata) throws ModelException {
    String model =
        metadata
            .string(KEY + "model")
            .orElseThrow(() ->
                new ModelException(
                    "The GGUF file has no tokenizer (the key "
                        + KEY
                        + "model is missing): use a file that comes with one."));
    int size = metadata.strings(KEY + "tokens").size();
    return new GgufVocabulary(
        file,
        model,
        metadata.string(KEY + "pre").orElse(""),
        tokens(file, metadata),
        metadata.strings(KEY + "merges"),
        id(metadata, "bos_token_id", model.equals("llama") ? 1 : -1, size),
        id(metadata, "eos_token_id", model.equals("llama") ? 2 : -1, size),
        id(metadata, "unknown_token_id", model.equals("llama") ? 0 : -1, size),
        metadata.bool(KEY + "add_bos_token"),
        metadata.bool(KEY + "add_space_prefix"));
  }

  private static List<Token> tokens(String file, Metadata metadata) throws ModelException {
    List<String> texts = metadata.strings(KEY + "tokens");
    List<Double> scores = metadata.floats(KEY + "scores");
    List<Long> types = metadata.integers(KEY + "token_type");
    boolean fits =
        (scores.isEmpty() || scores.size() >= texts.size())
            && (types.isEmpty() || types.size() >= texts.size());
    if (texts.isEmpty() || !fits) {
      throw new ModelException(
          ("%s: the vocabulary has %d tokens, %d scores and %d types, which do not fit together;"
                  + " use another copy of this model.")
              .formatted(file, texts.size(), scores.size(), types.size()));
    }
    List<Token> tokens = new ArrayList<>(texts.size());
    for (int id = 0; id < texts.size(); id++) {
      float score = scores.isEmpty() ? 0 : scores.get(id).floatValue();
      Kind kind = types.isEmpty() ? Kind.NORMAL : Kind.of(types.get(id).intValue());
      tokens.add(new Token(texts.get(id), score, kind));
    }
    return tokens;
  }

  /// An id outside the vocabulary counts as not given, as in llama.cpp.
  private static OptionalInt id(Metadata metadata, String key, int otherwise, int size)
      throws ModelException {
    long id = metadata.integer(KEY + key).orElse((long) otherwise);
    if (id < 0 || id >= size) {
      id = otherwise;
    }
    return id < 0 || id >= size ? OptionalInt.empty() : OptionalInt.of((int) id);
  }

  /// Whether a prompt begins with the start token: as the file says, else as its kind of tokenizer
  /// does.
  public boolean startsPrompts() {
    return startId.isPresent()
        && addsStart.orElseGet(() ->
            model.equals("llama")
                || PreTokenizer.named(pre).map(PreTokenizer::addsStart).orElse(false));
  }

  /// The tokens that end an answer: the file's own and those known from the model families.
  public Set<Integer> endIds() {
    Set<Integer> ids = new TreeSet<>();
    endId.ifPresent(ids::add);
    for (int id = 0; id < tokens.size(); id++) {
      if (ENDS.contains(tokens.get(id).text())) {
        ids.add(id);
      }
    }
    return ids;
  }

  /// The kind of a token; end tokens are control tokens even where a file forgot to say so.
  Kind kind(int id) {
    Token token = tokens.get(id);
    return ENDS.contains(token.text()) ? Kind.CONTROL : token.kind();
  }

  /// The text of a token; one that has none gets a name, since ids must stay what they are.
  String text(int id) {
    String text = tokens.get(id).text();
    return text.isEmpty() ? "[EMPTY_" + id + "]" : text;
  }

  /// @throws ModelException if two tokens have the same text
  void requireDistinct() throws ModelException {
    Set<String> seen = HashSet.newHashSet(tokens.size());
    for (int id = 0; id < tokens.size(); id++) {
      if (!seen.add(text(id))) {
        throw new ModelException(
            ("%s: the vocabulary has the token `%s` twice, so ids have no meaning; use another copy"
                    + " of this model.")
                .formatted(file, text(id)));
      }
    }
  }
}
