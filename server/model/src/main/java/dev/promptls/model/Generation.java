package dev.promptls.model;

/// An answer.
///
/// @param prompt the text that was continued, after the chat template; empty for token ids and for
///   endpoints that do not tell
/// @param text without the end token and the stop string
/// @param ids of the answer, the end token included; empty where an endpoint does not tell
public record Generation(
    String prompt, String text, TokenIds ids, Finish finish, Usage usage, Timing timing) {}
