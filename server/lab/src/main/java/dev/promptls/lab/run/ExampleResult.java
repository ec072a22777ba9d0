package dev.promptls.lab.run;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a model answered to one example of a prompt; its JSON is that of `promptls.runExample`.
///
/// @param index of the example, from 0 in source order
/// @param input the example's inputs by name
/// @param expected the answer written in the file
/// @param pass whether both answers are equal after trimming
/// @param shots how many other examples the model saw; only in a preview
public record ExampleResult(
    int index,
    Map<String, String> input,
    String expected,
    String output,
    boolean pass,
    int promptTokens,
    int outputTokens,
    double millis,
    @Nullable Integer shots) {}
