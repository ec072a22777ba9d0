package dev.promptls.lab.run;

import dev.promptls.model.ChatMessage;
import dev.promptls.model.Finish;
import dev.promptls.model.Timing;
import dev.promptls.model.Usage;
import java.util.List;

/// What a run gave; its JSON is that of `run` and `promptls.run`.
///
/// @param model the name of the model that answered
/// @param messages as they were rendered
/// @param prompt the text that the model was given, after its chat template
public record RunResult(
    String model,
    List<ChatMessage> messages,
    String prompt,
    String output,
    Finish finish,
    Usage usage,
    Timing timing) {}
