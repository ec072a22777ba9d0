package dev.promptls.prompt.format;

import dev.promptls.prompt.syntax.PromptFile;

/// A body in which every space means something.
final class PlainBody implements Layout {
  @Override
  public void lay(PromptFile file, Gaps gaps) {}

  @Override
  public boolean keeps(PromptFile before, PromptFile after) {
    return before.template().of(before.text()).equals(after.template().of(after.text()));
  }
}
