package dev.promptls.model.tokens;

import com.google.gson.stream.JsonWriter;
import dev.promptls.model.ModelException;
import dev.promptls.model.tokens.GgufVocabulary.Kind;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Writes the `tokenizer.json` of Hugging Face tokenizers for the byte-level BPE vocabulary of a
/// GGUF file.
///
/// Some vocabularies lack tokens for a few control characters. llama.cpp leaves such bytes out
/// after merging, so that they keep their neighbours apart; the library would leave them out
/// before. So they become a token of their own, which has the first id after the vocabulary and is
/// left out of results: with that both give the same ids.
final class TokenizerJson {
  private static final String MISSING = "missing byte ";

  private final GgufVocabulary vocabulary;
  private final PreTokenizer preTokenizer;
  private final JsonWriter json;

  private TokenizerJson(GgufVocabulary vocabulary, PreTokenizer preTokenizer, JsonWriter json) {
    this.vocabulary = vocabulary;
    this.preTokenizer = preTokenizer;
    this.json = json;
  }

  /// The text of a `tokenizer.json` file.
  ///
  /// @param vocabulary of the kind `gpt2`
  /// @throws ModelException if a token is there twice or the rule that cuts text is not known
  static String of(GgufVocabulary vocabulary) throws ModelException {
    PreTokenizer preTokenizer = preTokenizer(vocabulary);
    vocabulary.requireDistinct();
    StringWriter text = new StringWriter(vocabulary.tokens().size() * 32 + 4096);
    try (JsonWriter json = new JsonWriter(text)) {
      json.setSerializeNulls(true);
      new TokenizerJson(vocabulary, preTokenizer, json).write();
    } catch (IOException e) {
      throw new UncheckedIOException("A StringWriter never fails.", e);
    }
    return text.toString();
  }

  private static PreTokenizer preTokenizer(GgufVocabulary vocabulary) throws ModelException {
    return PreTokenizer.named(vocabulary.pre())
        .orElseThrow(() ->
            new ModelException(
                ("%s: the tokenizer cuts text by the rule `%s`, which is not known here, so its"
                        + " tokens would be wrong; use another model.")
                    .formatted(vocabulary.file(), vocabulary.pre())));
  }

  private void write() throws IOException {
    json.beginObject();
    json.name("version").value("1.0");
    json.name("truncation").nullValue();
    json.name("padding").nullValue();
    writeAddedTokens();
    json.name("normalizer").nullValue();
    writePreTokenizer();
    json.name("post_processor").nullValue();
    json.name("decoder");
    writeByteLevel();
    writeModel();
    json.endObject();
  }

  private void writeAddedTokens() throws IOException {
    json.name("added_tokens").beginArray();
    for (int id = 0; id < vocabulary.tokens().size(); id++) {
      Kind kind = vocabulary.kind(id);
      if (kind.special()) {
        json.beginObject();
        json.name("id").value(id);
        json.name("content").value(vocabulary.text(id));
        json.name("single_word").value(false);
        json.name("lstrip").value(false);
        json.name("rstrip").value(false);
        json.name("normalized").value(false);
        json.name("special").value(kind != Kind.USER_DEFINED);
        json.endObject();
      }
    }
    json.endArray();
  }

  private void writePreTokenizer() throws IOException {
    json.name("pre_tokenizer").beginObject();
    json.name("type").value("Sequence");
    json.name("pretokenizers").beginArray();
    for (String pattern : preTokenizer.patterns()) {
      json.beginObject();
      json.name("type").value("Split");
      json.name("pattern").beginObject().name("Regex").value(pattern).endObject();
      json.name("behavior").value("Isolated");
      json.name("invert").value(false);
      json.endObject();
    }
    writeByteLevel();
    json.endArray();
    json.endObject();
  }

  private void writeByteLevel() throws IOException {
    json.beginObject();
    json.name("type").value("ByteLevel");
    json.name("add_prefix_space").value(false);
    json.name("trim_offsets").value(false);
    json.name("use_regex").value(false);
    json.endObject();
  }

  private void writeModel() throws IOException {
    json.name("model").beginObject();
    json.name("type").value("BPE");
    for (String absent : List.of("dropout", "continuing_subword_prefix", "end_of_word_suffix")) {
      json.name(absent).nullValue();
    }
    json.name("fuse_unk").value(false);
    json.name("byte_fallback").value(false);
    json.name("ignore_merges").value(preTokenizer.wholeTokens());
    json.name("vocab").beginObject();
    Set<String> known = HashSet.newHashSet(vocabulary.tokens().size());
    for (int id = 0; id < vocabulary.tokens().size(); id++) {
      String text = vocabulary.text(id);
      known.add(text);
      json.name(text).value(id);
    }
    String missing = MISSING;
    while (known.contains(missing)) {
      missing += MISSING;
    }
    json.name(missing).value(vocabulary.tokens().size());
    json.endObject();
    json.name("unk_token").value(missing);
    writeMerges(known);
    json.endObject();
  }

  /// Merges that cannot happen, because a part or the result is no token, are left out; of merges
  /// that are there twice the first counts.
  private void writeMerges(Set<String> known) throws IOException {
    json.name("merges").beginArray();
    Set<String> seen = HashSet.newHashSet(vocabulary.merges().size());
    for (String merge : vocabulary.merges()) {
      int space = merge.indexOf(' ', 1);
      if (space < 0 || !seen.add(merge)) {
        continue;
      }
      String left = merge.substring(0, space);
      String right = merge.substring(space + 1);
      if (known.contains(left) && known.contains(right) && known.contains(left + right)) {
        json.beginArray().value(left).value(right).endArray();
      }
    }
    json.endArray();
  }
}
