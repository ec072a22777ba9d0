package dev.promptls.model.remote;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.promptls.model.ModelException;
import dev.promptls.model.Score;
import dev.promptls.model.TokenIds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The log-probabilities of an echoed prompt.
///
/// Some servers (llama-cpp-python, for models without a start token) give with each token the
/// distribution after it instead of the one before it. They are known by the token they generated,
/// for which they then have no entry left: [#late]. The distributions are right but a place late,
/// so the value of a token is looked up among the likeliest of the entry before it, or asked for.
final class EchoScore {
  /// How many of the likeliest tokens to ask for when they are needed to set a list right.
  static final int MANY = 500;

  /// Asks how likely a token is after the beginning of a text.
  @FunctionalInterface
  interface Single {
    /// @param tokens how many the beginning has
    double logprob(String beginning, int tokens, String token) throws ModelException;
  }

  private final Subject subject;
  private final JsonArray tokens;
  private final JsonArray logprobs;
  private final JsonArray likeliest;
  private final int count;
  private final boolean continued;

  /// @param choice of the reply
  /// @param text that was to be scored
  EchoScore(Subject subject, JsonObject choice, String text) throws ModelException {
    this.subject = subject;
    JsonObject all = choice.get("logprobs") instanceof JsonObject given ? given : new JsonObject();
    if (!(all.get("tokens") instanceof JsonArray names)
        || !(all.get("token_logprobs") instanceof JsonArray values)
        || names.size() != values.size()) {
      throw unsupported();
    }
    this.tokens = names;
    this.logprobs = values;
    this.likeliest = all.get("top_logprobs") instanceof JsonArray top ? top : new JsonArray();
    this.count = promptTokens(all.get("text_offset"), text);
    String whole = ReplyReader.string(choice.get("text"));
    this.continued = whole != null && whole.length() > text.length();
  }

  /// Whether the distributions are a place late; empty if nothing was generated to tell by.
  Optional<Boolean> late() {
    return continued ? Optional.of(count == tokens.size()) : Optional.empty();
  }

  /// The score. Servers tell no ids: each is -1.
  ///
  /// @param late whether each value is to be looked up in the entry before it
  /// @param single asked for values that are not among the likeliest
  Score score(boolean late, Single single) throws ModelException {
    List<Double> values = new ArrayList<>();
    StringBuilder beginning = new StringBuilder(name(0));
    for (int i = 1; i < count; i++) {
      if (!late) {
        values.add(number(logprobs.get(i)));
        continue;
      }
      String name = name(i);
      // Part of a character has no name of its own, and so no value that could be found.
      if (name.isEmpty() || name.indexOf('\uFFFD') >= 0) {
        throw unsupported();
      }
      JsonElement value =
          i - 1 < likeliest.size() && likeliest.get(i - 1) instanceof JsonObject before
              ? before.get(name)
              : null;
      values.add(value == null ? single.logprob(beginning.toString(), i, name) : number(value));
      beginning.append(name);
    }
    int[] unknown = new int[count];
    Arrays.fill(unknown, -1);
    return new Score(TokenIds.of(unknown), List.copyOf(values), List.of());
  }

  private String name(int index) throws ModelException {
    String name = ReplyReader.string(tokens.get(index));
    if (name == null) {
      throw unsupported();
    }
    return name;
  }

  /// The entries that stand for the text; those after it were generated. Servers count the text's
  /// characters as Python does, by code points.
  private int promptTokens(@Nullable JsonElement offsets, String text) throws ModelException {
    int end = text.codePointCount(0, text.length());
    JsonArray starts =
        offsets instanceof JsonArray array && array.size() == tokens.size() ? array : null;
    int entries = 0;
    int length = 0;
    while (entries < tokens.size() && length < end) {
      String token = name(entries);
      if (starts != null && number(starts.get(entries)) >= end) {
        return entries;
      }
      // With offsets the lengths do not count: a part of a character has none.
      length += starts == null ? token.codePointCount(0, token.length()) : 0;
      entries++;
    }
    if (entries == 0 || (starts == null && length < end)) {
      throw unsupported();
    }
    return entries;
  }

  private double number(@Nullable JsonElement value) throws ModelException {
    if (value instanceof JsonPrimitive number && number.isNumber()) {
      return number.getAsDouble();
    }
    throw unsupported();
  }

  private ModelException unsupported() {
    return subject.sentence(
        "does not give the log-probabilities of a prompt", "score with a local model");
  }
}
