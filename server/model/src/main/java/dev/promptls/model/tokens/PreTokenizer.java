package dev.promptls.model.tokens;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How text is cut before byte-level BPE joins it up again. Source of the names and the patterns:
/// llama.cpp, `llama-vocab.cpp`, and the `tokenizer.json` files of the models.
///
/// All of them cut between a letter and a space that a letter follows, wherever that is, and what
/// they do on one side does not depend on the other.
///
/// @param patterns applied one after the other to all pieces; both matches and what is between them
///   become pieces
/// @param wholeTokens whether a piece that is a token is taken as it is, without merging
/// @param addsStart whether a prompt begins with the start token where the file does not say
record PreTokenizer(List<String> patterns, boolean wholeTokens, boolean addsStart) {
  private static final String CONTRACTION =
      "(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])";
  private static final String REST = "|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
  private static final String GPT2_WORDS =
      "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";
  private static final String LLAMA3_WORDS = words("\\p{N}{1,3}");
  private static final String QWEN2_WORDS = words("\\p{N}");
  private static final String PUNCTUATION_WORDS =
      "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+"
          + "|[^\\r\\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+| ?[\\p{P}\\p{S}]+[\\r\\n]*"
          + REST;
  private static final String BLOOM_WORDS = " ?[^(\\s|.,!?…。，、।۔،)]+";
  private static final String CASED = cased("");
  private static final String CASED_CONTRACTIONS = cased(CONTRACTION + "?");

  private static final PreTokenizer GPT2 = plain(GPT2_WORDS);
  private static final PreTokenizer DIGITS_THEN_GPT2 = plain("\\p{N}", GPT2_WORDS);
  private static final PreTokenizer QWEN2 = plain(QWEN2_WORDS);
  private static final PreTokenizer LLAMA3 = new PreTokenizer(List.of(LLAMA3_WORDS), true, true);
  private static final PreTokenizer LLAMA3_MERGED = plain(LLAMA3_WORDS);
  private static final PreTokenizer GPT4O = plain(CASED_CONTRACTIONS + rest("\\p{N}{1,3}"));

  private static final Map<String, PreTokenizer> BY_NAME =
      Map.ofEntries(
          Map.entry("", fallback()),
          Map.entry("default", fallback()),
          Map.entry("gpt-2", GPT2),
          Map.entry("phi-2", GPT2),
          Map.entry("mpt", GPT2),
          Map.entry("olmo", GPT2),
          Map.entry("jais", GPT2),
          Map.entry("trillion", GPT2),
          Map.entry("granite-docling", GPT2),
          Map.entry("exaone4", GPT2),
          Map.entry("gigachat", GPT2),
          Map.entry("a.x-4.0", GPT2),
          Map.entry("mellum", GPT2),
          Map.entry("modern-bert", GPT2),
          Map.entry("smollm", DIGITS_THEN_GPT2),
          Map.entry("starcoder", DIGITS_THEN_GPT2),
          Map.entry("refact", DIGITS_THEN_GPT2),
          Map.entry("command-r", DIGITS_THEN_GPT2),
          Map.entry("codeshell", DIGITS_THEN_GPT2),
          Map.entry("exaone", DIGITS_THEN_GPT2),
          Map.entry("minerva-7b", DIGITS_THEN_GPT2),
          Map.entry("mellum2", DIGITS_THEN_GPT2),
          Map.entry("qwen2", QWEN2),
          Map.entry("deepseek-r1-qwen", QWEN2),
          Map.entry("kormo", QWEN2),
          Map.entry("f2llmv2", QWEN2),
          Map.entry("megrez", QWEN2),
          Map.entry("stablelm2", QWEN2),
          Map.entry("hunyuan", QWEN2),
          Map.entry("solar-open", QWEN2),
          Map.entry("grok-2", QWEN2),
          Map.entry("llama3", LLAMA3),
          Map.entry("llama-v3", LLAMA3),
          Map.entry("llama-bpe", LLAMA3),
          Map.entry("falcon3", LLAMA3),
          Map.entry("falcon-h1", LLAMA3),
          Map.entry("pixtral", LLAMA3),
          Map.entry("midm-2.0", LLAMA3),
          Map.entry("lfm2", LLAMA3),
          Map.entry("smaug-bpe", LLAMA3_MERGED),
          Map.entry("dbrx", LLAMA3_MERGED),
          Map.entry("glm4", LLAMA3_MERGED),
          Map.entry("chatglm-bpe", LLAMA3_MERGED),
          Map.entry("minicpm5", minicpm5()),
          Map.entry("qwen35", qwen35()),
          Map.entry("gpt-4o", GPT4O),
          Map.entry("llama4", GPT4O),
          Map.entry("kanana2", GPT4O),
          Map.entry("tekken", tekken()),
          Map.entry("deepseek-llm", deepseekLlm()),
          Map.entry("deepseek-coder", deepseekCoder()),
          Map.entry("deepseek-v3", deepseek3()),
          Map.entry("hunyuan-dense", deepseek3()),
          Map.entry("joyai-llm", deepseek3()),
          Map.entry("falcon", falcon()),
          Map.entry("poro-chat", bloom()),
          Map.entry("bloom", bloom()),
          Map.entry("gpt3-finnish", bloom()),
          Map.entry("viking", viking()),
          Map.entry("seed-coder", seedCoder()),
          Map.entry("bailingmoe", bailing()),
          Map.entry("bailingmoe2", bailing()),
          Map.entry("llada-moe", bailing()));

  /// The rule that a GGUF file names in `tokenizer.ggml.pre`.
  static Optional<PreTokenizer> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /// Whether one of the rules has a pattern. The library's regular expressions end the process when
  /// one takes too long, so it gets no others; spellings that `tokenizer.json` files have are
  /// equal.
  static boolean knows(String pattern) {
    String spelt =
        pattern
            .replace("(?i:'s|'t|'re|'ve|'m|'ll|'d)", CONTRACTION)
            .replace("\r", "\\r")
            .replace("\n", "\\n");
    return BY_NAME.values().stream().anyMatch(rule -> rule.patterns().contains(spelt));
  }

  private static PreTokenizer plain(String... patterns) {
    return new PreTokenizer(List.of(patterns), false, false);
  }

  private static String words(String numbers) {
    return CONTRACTION
        + "|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|"
        + numbers
        + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*"
        + REST;
  }

  private static String cased(String suffix) {
    String upper = "[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]";
    String lower = "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]";
    String lead = "[^\\r\\n\\p{L}\\p{N}]?";
    return lead + upper + "*" + lower + "+" + suffix + "|" + lead + upper + "+" + lower + "*"
        + suffix;
  }

  private static String rest(String numbers) {
    return "|" + numbers + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*" + REST;
  }

  private static PreTokenizer fallback() {
    return plain("[\\p{P}\\$\\+<=>\\^~\\|]+", GPT2_WORDS, "\\p{N}+", "[0-9][0-9][0-9]");
  }

  private static PreTokenizer falcon() {
    return plain("[\\p{P}\\$\\+<=>\\^~\\|`]+", GPT2_WORDS, "[0-9][0-9][0-9]");
  }

  private static PreTokenizer minicpm5() {
    return new PreTokenizer(List.of("\\p{N}{1,3}", words("\\p{N}+")), true, false);
  }

  private static PreTokenizer qwen35() {
    return plain(
        CONTRACTION
            + "|[^\\r\\n\\p{L}\\p{N}]?[\\p{L}\\p{M}]+|\\p{N}| ?[^\\s\\p{L}\\p{M}\\p{N}]+[\\r\\n]*"
            + REST);
  }

  private static PreTokenizer tekken() {
    return new PreTokenizer(List.of(CASED + rest("\\p{N}")), true, true);
  }

  private static PreTokenizer seedCoder() {
    return plain(
        CONTRACTION
            + "|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1}| ?[^\\s\\p{L}\\p{N}\\r\\n]+"
            + REST);
  }

  private static PreTokenizer bailing() {
    return plain(
        "'(?:[sSdDmMtT]|[lL][lL]|[vV][eE]|[rR][eE])|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}"
            + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]|\\s+(?!\\S)|\\s+");
  }

  private static PreTokenizer bloom() {
    return plain(BLOOM_WORDS);
  }

  private static PreTokenizer viking() {
    return plain(BLOOM_WORDS, "\\p{N}");
  }

  private static PreTokenizer deepseek3() {
    return plain("\\p{N}{1,3}", oneOf("4E00-9FA5 3040-309F 30A0-30FF") + "+", PUNCTUATION_WORDS);
  }

  private static PreTokenizer deepseekCoder() {
    return plain("[\\r\\n]", "\\s?\\p{L}+", "\\s?\\p{P}+", chineseOrKorean(), "\\p{N}");
  }

  private static String chineseOrKorean() {
    return oneOf("4E00-9FA5 800-4E00 AC00-D7FF") + "+";
  }

  private static PreTokenizer deepseekLlm() {
    String letters =
        "41-5A 61-7A B5 C0-D6 D8-F6 F8-1BA 1BC-1BF 1C4-293 295-2AF 370-373 376 377 37B-37D 37F "
            + "386 388-38A 38C 38E-3A1 3A3-3F5 3F7-481 48A-52F 531-556 10A0-10C5 13A0-13F5 13F8-13FD "
            + "1C90-1CBA 1CBD-1CBF 1D00-1D2B 1D6B-1D77 1D79-1D9A 1E00-1F15 1F18-1F1D 1F20-1F45 "
            + "1F48-1F4D 1F50-1F57 1F59 1F5B 1F5D 1F5F-1F7D 1F80-1FB4 1FB6-1FBC 1FBE 1FC2-1FC4 "
            + "1FC6-1FCC 1FD0-1FD3 1FD6-1FDB 1FE0-1FEC 1FF2-1FF4 1FF6-1FFC 2102 2107 210A-2113 2115 "
            + "2119-211D 2124 2126 2128 212A-212D 212F-2134 2139 213C-213F 2145-2149 214E 2183 2184 "
            + "2C00-2C7B 2C7E-2CE4 2CEB-2CEE 2CF2 2CF3 A640-A66D A680-A69B A722-A76F A771-A787 "
            + "A78B-A78E AB70-ABBF FB00-FB06 FB13-FB17 FF21-FF3A FF41-FF5A 10400-1044F 104B0-104D3 "
            + "104D8-104FB 10C80-10CB2 10CC0-10CF2 118A0-118DF 1E900-1E943";
    String marks = "21-2F 3A-7E FF01-FF0F FF1A-FF5E 2018-201F 3000-3002";
    return plain(
        "[\\r\\n]",
        "\\s?" + oneOf(letters) + "+",
        "\\s?" + oneOf(marks) + "+",
        "\\s+$",
        chineseOrKorean(),
        "\\p{N}+");
  }

  /// A character class of code points and ranges of them, in hexadecimal.
  private static String oneOf(String ranges) {
    return "[" + ranges.replaceAll("[0-9A-F]+", "\\\\x{$0}").replace(" ", "") + "]";
  }
}
