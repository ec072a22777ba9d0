package dev.promptls.bench;

/// What one side did in one round, in tokens a second.
///
/// @param decodeAfterPrefill with the prefilled tokens in the context
/// @param decodeFromEmpty with an empty context
record Rates(double prefill, double decodeAfterPrefill, double decodeFromEmpty) {}
