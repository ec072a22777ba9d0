package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Alpaca's records `{instruction, input, output}`: the user says the instruction and, after a
/// blank line, the input; the assistant the output. A field `system` is said before, and the pairs
/// of a list `history` between the two, as LLaMA-Factory has them.
final class InstructionRecord implements RecordReader {
  @Override
  public boolean claims(YamlNode.Mapping record) {
    return record.get("instruction") != null;
  }

  @Override
  public void read(YamlNode.Mapping record, RecordParts parts) {
    YamlNode.Scalar system = string(record, "system", false, parts);
    YamlNode.Scalar instruction = string(record, "instruction", true, parts);
    YamlNode.Scalar input = string(record, "input", false, parts);
    YamlNode.Scalar output = string(record, "output", true, parts);
    if (system != null && !system.text().isEmpty()) {
      parts.message("system", key(record, "system"), entry(record, "system"), system);
    }
    if (record.get("history") instanceof YamlNode.Sequence history) {
      history.items().forEach(pair -> turn(pair, parts));
    }
    question(record, instruction, input, parts);
    if (output != null) {
      parts.message("assistant", key(record, "output"), entry(record, "output"), output);
    }
  }

  private static void question(
      YamlNode.Mapping record,
      YamlNode.@Nullable Scalar instruction,
      YamlNode.@Nullable Scalar input,
      RecordParts parts) {
    boolean more = input != null && !input.text().isEmpty();
    if (instruction == null || input == null || !more) {
      YamlNode.Scalar only = more ? input : instruction;
      String name = more ? "input" : "instruction";
      if (only != null) {
        parts.message("user", key(record, name), entry(record, name), only);
      }
      return;
    }
    Span content = instruction.span().union(input.span());
    Span span = entry(record, "instruction").union(entry(record, "input"));
    Decoded coding = parts.join(List.of(instruction, input), "\n\n", content);
    parts.message("user", key(record, "instruction"), span, content, coding);
  }

  private static void turn(YamlNode pair, RecordParts parts) {
    boolean proper =
        pair instanceof YamlNode.Sequence list
            && list.items().size() == 2
            && list.items().stream().allMatch(item -> item.value() instanceof String);
    if (!proper) {
      String message = "A turn of 'history' must be a list of two strings.";
      parts.problem("wrong-type", pair.span(), message);
      return;
    }
    String role = "user";
    for (YamlNode item : ((YamlNode.Sequence) pair).items()) {
      parts.message(role, null, item.span(), (YamlNode.Scalar) item);
      role = "assistant";
    }
  }

  private static YamlNode.@Nullable Scalar string(
      YamlNode.Mapping record, String key, boolean needed, RecordParts parts) {
    YamlNode node = record.get(key);
    if (node instanceof YamlNode.Scalar scalar && node.value() instanceof String) {
      return scalar;
    }
    if (node == null && needed) {
      parts.problem("missing-field", record.span(), "This record has no '" + key + "'.");
    } else if (node != null && (needed || node.value() != null)) {
      parts.problem("wrong-type", node.span(), "'" + key + "' must be a string.");
    }
    return null;
  }

  private static Span entry(YamlNode.Mapping record, String key) {
    YamlNode.Entry entry = record.entry(key);
    return entry == null ? record.span() : entry.span();
  }

  private static @Nullable Span key(YamlNode.Mapping record, String key) {
    YamlNode.Entry entry = record.entry(key);
    return entry == null ? null : RecordParts.inside(entry.key());
  }
}
