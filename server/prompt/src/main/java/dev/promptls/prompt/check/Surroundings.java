package dev.promptls.prompt.check;

import dev.promptls.prompt.render.PartialResolver;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What rules must know that is not in the file. Whatever is not known gives no findings. Asked on
/// every keystroke: answers must be at hand, and two objects that are equal give equal answers.
public interface Surroundings {
  /// Nothing is known.
  Surroundings NONE = new Surroundings() {};

  /// Where partials are found; null if that is not known.
  default @Nullable PartialResolver partials() {
    return null;
  }

  /// Whether there is a file, by its path from the prompt's folder.
  default Presence file(String path) {
    return Presence.UNKNOWN;
  }

  /// Whether a prompt may read an environment variable; not whether there is one.
  default Presence environment(String name) {
    return Presence.UNKNOWN;
  }

  /// The rows that the prompt is tested with, from the files it names; empty if not known.
  default List<TestRow> testRows() {
    return List.of();
  }

  /// The tokens of the model that mean more than their text, as text; empty if not known.
  default Set<String> specialTokens() {
    return Set.of();
  }

  /// How much of the model's window the prompt takes; null if not known.
  default @Nullable TokenBudget budget() {
    return null;
  }

  /// What the chat template of the model takes; null if not known.
  default @Nullable ChatRoles chatRoles() {
    return null;
  }

  /// The examples that the model was asked and answered otherwise.
  default List<Miss> missed() {
    return List.of();
  }

  /// What the user wants to hear.
  default LintSettings settings() {
    return LintSettings.DEFAULT;
  }

  /// Whether something is there.
  enum Presence {
    PRESENT,
    ABSENT,
    UNKNOWN
  }

  /// A row of test data.
  ///
  /// @param where file and line, for people
  /// @param input by variable
  record TestRow(String where, Map<String, ? extends @Nullable Object> input) {}

  /// An example that the model answers otherwise.
  ///
  /// @param index of the example
  /// @param answer short, on one line
  record Miss(int index, String answer) {}

  /// Orders of roles that a chat template takes.
  ///
  /// @param model its name
  /// @param system whether a system message may stand first
  /// @param repeated whether two messages of the same role may follow each other
  /// @param assistantFirst whether the assistant may speak before the user
  record ChatRoles(String model, boolean system, boolean repeated, boolean assistantFirst) {}
}
