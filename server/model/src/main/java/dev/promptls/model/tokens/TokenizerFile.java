package dev.promptls.model.tokens;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import com.google.gson.stream.MalformedJsonException;
import dev.promptls.model.ModelException;
import dev.promptls.model.tokens.GgufVocabulary.Kind;
import dev.promptls.model.tokens.TokenBytes.Spelling;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A `tokenizer.json` read as what it is: a stranger's file. What would cut, pad or add to a text
/// is left out, and what the native library gets to see is of kinds that are known: it ends the
/// process where others throw.
///
/// @param json for the library
/// @param bytes what each token prints
record TokenizerFile(String json, TokenBytes bytes) {
  private static final long MAX_BYTES = 64L << 20;
  private static final int MAX_ID = 1 << 22;
  private static final Set<String> SWITCHES = Set.of("fuse_unk", "byte_fallback", "ignore_merges");
  private static final Set<String> NORMALIZERS =
      Set.of("Sequence", "NFC", "NFD", "NFKC", "NFKD", "Prepend", "Replace", "Strip", "Lowercase");
  private static final Set<String> PRE_TOKENIZERS =
      Set.of(
          "Sequence",
          "ByteLevel",
          "Split",
          "Digits",
          "Metaspace",
          "Punctuation",
          "Whitespace",
          "WhitespaceSplit");

  static TokenizerFile read(Path file) throws ModelException {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw refusal(file, "is larger than 64 MiB, too large for a tokenizer");
      }
      try (JsonReader in = new JsonReader(Files.newBufferedReader(file))) {
        in.setStrictness(Strictness.STRICT);
        return new Reading(file).read(in);
      }
    } catch (MalformedJsonException
        | EOFException
        | JsonParseException
        | IllegalStateException
        | UnsupportedOperationException e) {
      throw new ModelException(sentence(file, "is not JSON as a tokenizer.json has it"), e);
    } catch (NumberFormatException e) {
      throw new ModelException(sentence(file, "has a token id that is no whole number"), e);
    } catch (CharacterCodingException e) {
      throw new ModelException(sentence(file, "is not UTF-8"), e);
    } catch (IOException e) {
      throw new ModelException(sentence(file, "cannot be read (" + e.getMessage() + ")"), e);
    }
  }

  private static ModelException refusal(Path file, String what) {
    return new ModelException(sentence(file, what));
  }

  private static String sentence(Path file, String what) {
    return "The tokenizer " + file + " " + what + ": use another copy of this model.";
  }

  /// One pass over a file: large parts are copied as they come, small ones are looked at.
  private static final class Reading {
    private final Path file;
    private final StringWriter text = new StringWriter(1 << 20);
    private final JsonWriter out = new JsonWriter(text);
    private final Map<Integer, String> tokens = new TreeMap<>();
    private final Map<Integer, Boolean> added = new TreeMap<>();
    private @Nullable Spelling spelling;
    private @Nullable String unknown;
    private final Set<String> modelTokens = new HashSet<>();

    Reading(Path file) {
      this.file = file;
      out.setSerializeNulls(true);
    }

    TokenizerFile read(JsonReader in) throws IOException, ModelException {
      in.beginObject();
      out.beginObject();
      Set<String> seen = new TreeSet<>();
      while (in.hasNext()) {
        String name = in.nextName();
        if (!seen.add(name)) {
          throw refusal(file, "has the key `" + name + "` twice");
        }
        readPart(name, in);
      }
      in.endObject();
      out.endObject();
      out.close();
      return new TokenizerFile(text.toString(), bytes());
    }

    private void readPart(String name, JsonReader in) throws IOException, ModelException {
      switch (name) {
        case "model" -> readModel(in);
        case "added_tokens" -> readAdded(small(in));
        case "normalizer" -> checked(small(in), name, NORMALIZERS);
        case "pre_tokenizer" -> checked(small(in), name, PRE_TOKENIZERS);
        case "decoder" -> {
          JsonElement decoder = small(in);
          spelling = spelling(decoder);
          // What it does is done by TokenBytes.
          out.name(name).nullValue();
        }
        default -> in.skipValue();
      }
    }

    /// Reads a value as a tree; the reader refuses deep nesting.
    private static JsonElement small(JsonReader in) {
      return JsonParser.parseReader(in);
    }

    private void write(String name, JsonElement element) throws IOException {
      out.name(name).jsonValue(element.toString());
    }

    private void readModel(JsonReader in) throws IOException, ModelException {
      if (in.peek() != JsonToken.BEGIN_OBJECT) {
        throw refusal(file, "has no model");
      }
      out.name("model");
      in.beginObject();
      out.beginObject();
      out.name("type").value("BPE");
      while (in.hasNext()) {
        readModelPart(in.nextName(), in);
      }
      in.endObject();
      out.endObject();
      if (unknown != null && !modelTokens.contains(unknown)) {
        throw refusal(file, "has an unknown token that is not in its vocabulary");
      }
    }

    /// The library panics, and ends the process, on prefixes longer than a token.
    private void readModelPart(String name, JsonReader in) throws IOException, ModelException {
      if (name.equals("type")) {
        String type = in.nextString();
        if (!type.equals("BPE")) {
          throw refusal(file, "is of the kind `" + type + "`, and only BPE is supported");
        }
      } else if (name.equals("vocab")) {
        out.name(name);
        readVocabulary(in);
      } else if (name.equals("unk_token") && in.peek() == JsonToken.STRING) {
        unknown = in.nextString();
        out.name(name).value(unknown);
      } else if (name.equals("merges") || SWITCHES.contains(name)) {
        out.name(name);
        copy(in);
      } else if (name.endsWith("fix") && in.peek() == JsonToken.STRING) {
        if (!in.nextString().isEmpty()) {
          throw refusal(file, "has the option `" + name + "`, which is not supported");
        }
      } else {
        in.skipValue();
      }
    }

    private void readVocabulary(JsonReader in) throws IOException, ModelException {
      in.beginObject();
      out.beginObject();
      while (in.hasNext()) {
        String token = in.nextName();
        int id = in.nextInt();
        put(id, token);
        modelTokens.add(token);
        out.name(token).value(id);
      }
      in.endObject();
      out.endObject();
    }

    private void readAdded(JsonElement list) throws IOException, ModelException {
      for (JsonElement element : list.getAsJsonArray()) {
        JsonObject token = element.getAsJsonObject();
        if (!token.has("id") || string(token.get("content")).isEmpty()) {
          throw refusal(file, "has an added token without id or text");
        }
        int id = token.get("id").getAsInt();
        put(id, string(token.get("content")));
        JsonElement special = token.get("special");
        added.put(id, special != null && special.getAsBoolean());
      }
      write("added_tokens", list);
    }

    private void put(int id, String token) throws ModelException {
      if (id < 0 || id >= MAX_ID) {
        throw refusal(file, "has the token id " + id + ", which is out of bounds");
      }
      tokens.put(id, token);
    }

    /// Lets a step through if it and the steps inside are of kinds that are known.
    private void checked(JsonElement step, String part, Set<String> known)
        throws IOException, ModelException {
      check(step, part, known);
      write(part, step);
    }

    private void check(JsonElement step, String part, Set<String> known) throws ModelException {
      if (step.isJsonNull()) {
        return;
      }
      JsonObject object = step.getAsJsonObject();
      String type = string(object.get("type"));
      if (!known.contains(type)) {
        throw refusal(file, "has the " + part + " `" + type + "`, which is not supported");
      }
      if (object.get("pattern") instanceof JsonObject pattern
          && pattern.has("Regex")
          && !PreTokenizer.knows(string(pattern.get("Regex")))) {
        throw refusal(file, "cuts text by a pattern that is not known here");
      }
      for (String inner : new String[] {"normalizers", "pretokenizers"}) {
        if (object.get(inner) instanceof JsonArray steps) {
          for (JsonElement each : steps) {
            check(each, part, known);
          }
        }
      }
    }

    /// How tokens are spelt, by the decoder that undoes it.
    private @Nullable Spelling spelling(JsonElement decoder) {
      if (decoder.isJsonNull()) {
        return null;
      }
      JsonObject object = decoder.getAsJsonObject();
      return switch (string(object.get("type"))) {
        case "ByteLevel" -> Spelling.BYTE_LEVEL;
        case "ByteFallback", "Metaspace", "Replace" -> Spelling.SENTENCE_PIECE;
        case "Sequence" -> firstSpelling(object.getAsJsonArray("decoders"));
        default -> null;
      };
    }

    private @Nullable Spelling firstSpelling(JsonArray decoders) {
      for (JsonElement decoder : decoders) {
        Spelling found = spelling(decoder);
        if (found != null) {
          return found;
        }
      }
      return null;
    }

    private static String string(@Nullable JsonElement element) {
      return element != null && element.isJsonPrimitive() ? element.getAsString() : "";
    }

    private void copy(JsonReader in) throws IOException {
      int depth = 0;
      do {
        switch (in.peek()) {
          case BEGIN_ARRAY -> {
            in.beginArray();
            out.beginArray();
            depth++;
          }
          case END_ARRAY -> {
            in.endArray();
            out.endArray();
            depth--;
          }
          case BEGIN_OBJECT -> {
            in.beginObject();
            out.beginObject();
            depth++;
          }
          case END_OBJECT -> {
            in.endObject();
            out.endObject();
            depth--;
          }
          case NAME -> out.name(in.nextName());
          case STRING -> out.value(in.nextString());
          case NUMBER -> out.jsonValue(in.nextString());
          case BOOLEAN -> out.value(in.nextBoolean());
          case NULL -> {
            in.nextNull();
            out.nullValue();
          }
          case END_DOCUMENT -> throw new MalformedJsonException("The text ends too soon.");
        }
      } while (depth > 0);
    }

    private TokenBytes bytes() throws ModelException {
      if (spelling == null) {
        throw refusal(
            file, "has no decoder that is supported (ByteLevel, ByteFallback, Metaspace)");
      }
      TokenBytes.Builder bytes = new TokenBytes.Builder(spelling);
      int id = 0;
      for (Map.Entry<Integer, String> token : tokens.entrySet()) {
        for (; id < token.getKey(); id++) {
          bytes.add("", Kind.UNUSED);
        }
        bytes.add(token.getValue(), kind(id, token.getValue()));
        id++;
      }
      return bytes.build();
    }

    private Kind kind(int id, String token) {
      Boolean special = added.get(id);
      if (special != null) {
        return special ? Kind.CONTROL : Kind.USER_DEFINED;
      }
      boolean isByte = spelling == Spelling.SENTENCE_PIECE && TokenBytes.byteOf(token) >= 0;
      return isByte ? Kind.BYTE : Kind.NORMAL;
    }
  }
}
