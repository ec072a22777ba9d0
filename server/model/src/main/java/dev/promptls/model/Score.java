package dev.promptls.model;

import java.util.List;

/// How likely each token of a text is.
///
/// @param ids the tokens scored, a start token included if the model asks for one
/// @param logprobs `logprobs[i]` is ln p(`ids[i+1]` given the ids before it); one fewer than ids
/// @param top for each id the likeliest tokens after it, best first; empty if none were asked for
public record Score(TokenIds ids, List<Double> logprobs, List<List<Likely>> top) {
  /// A token and its natural log-probability.
  public record Likely(int id, double logprob) {}
}
