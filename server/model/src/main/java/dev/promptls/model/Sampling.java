package dev.promptls.model;

import java.util.Map;

/// How the next token is chosen from the logits.
///
/// @param temperature 0 takes the likeliest token and ignores what follows but the penalty and bias
/// @param topK keep the k likeliest tokens; 0 keeps all
/// @param topP keep the likeliest tokens whose probabilities add up to p; 1 keeps all
/// @param minP keep the tokens at least p times as likely as the likeliest; 0 keeps all
/// @param repetitionPenalty divides positive and multiplies negative logits of tokens seen; 1 is
///   off
/// @param seed the same seed, request and model give the same text
/// @param logitBias added to the logits of these token ids
public record Sampling(
    double temperature,
    int topK,
    double topP,
    double minP,
    double repetitionPenalty,
    long seed,
    Map<Integer, Double> logitBias) {
  public static final Sampling GREEDY = new Sampling(0, 0, 1, 0, 1, 0, Map.of());

  public Sampling withTemperature(double value) {
    return new Sampling(value, topK, topP, minP, repetitionPenalty, seed, logitBias);
  }

  public Sampling withSeed(long value) {
    return new Sampling(temperature, topK, topP, minP, repetitionPenalty, value, logitBias);
  }
}
