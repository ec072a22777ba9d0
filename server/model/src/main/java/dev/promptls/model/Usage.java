package dev.promptls.model;

/// Tokens of one request.
///
/// @param cachedTokens those of the prompt that were still in the KV cache
public record Usage(int promptTokens, int cachedTokens, int outputTokens) {}
