package dev.promptls.model;

import org.jspecify.annotations.Nullable;

/// What is known of a model without loading its weights.
///
/// @param name as it is shown and can be asked for
/// @param parameters 0 if unknown
/// @param contextWindow in tokens; 0 if unknown
/// @param chatTemplate the Jinja template that comes with the model, if one does
/// @param addsStart whether a prompt begins with the start token
public record ModelInfo(
    String name,
    String architecture,
    String quantisation,
    long parameters,
    int contextWindow,
    int vocabularySize,
    @Nullable String chatTemplate,
    @Nullable String startToken,
    @Nullable String endToken,
    boolean addsStart) {}
