package dev.promptls.model;

/// One turn of a conversation, as a chat template or a chat endpoint takes it.
///
/// @param role `system`, `user`, `assistant` or `tool`
public record ChatMessage(String role, String content) {}
