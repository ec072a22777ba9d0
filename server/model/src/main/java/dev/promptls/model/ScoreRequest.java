package dev.promptls.model;

/// A text whose tokens' likelihood is asked for.
///
/// @param exact float arithmetic instead of 8-bit activations
/// @param top how many of the likeliest tokens to give for each position; 0 for none
public record ScoreRequest(Input input, boolean exact, int top, Lane lane) {}
