package dev.promptls.prompt.shots;

import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.Tag;
import dev.promptls.prompt.text.ShiftedList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A loop for examples whose list is still empty, or given from outside.
final class EmptyLoop {
  /// Loops that are looked into.
  private static final int MAX_TRIES = 8;

  private EmptyLoop() {}

  static @Nullable LoopWriter writer(PromptFile file) {
    int tries = 0;
    ShiftedList<Tag> tags = ShiftedList.of(file.tags());
    for (int i = 0; i < tags.size(); i++) {
      if (LoopList.isLoop(tags.raw(i)) && tries++ < MAX_TRIES) {
        Tag tag = tags.get(i);
        LoopList list = LoopList.of(file, tag.first());
        boolean meant = DataExamples.file(file) != null || LoopLayout.NAMES.contains(tag.first());
        boolean empty =
            list == null ? meant : list.items() != null && list.items().items().isEmpty();
        LoopBody body = empty ? LoopBody.of(file, tag) : null;
        if (body != null && body.fields().size() >= 2) {
          LoopFields fields = LoopFields.of(body.fields(), LoopLayout.queryVariables(file, body));
          return new LoopWriter(file, body, fields, List.of());
        }
      }
    }
    return null;
  }
}
