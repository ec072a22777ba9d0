package dev.promptls.model;

/// Where the time of one request went.
///
/// @param firstTokenMillis from the request to its first token, waiting included
public record Timing(
    double firstTokenMillis,
    double prefillTokensPerSecond,
    double decodeTokensPerSecond,
    double totalMillis) {}
