package dev.promptls.prompt.format;

import dev.promptls.prompt.syntax.FrontMatter;
import dev.promptls.prompt.syntax.PromptFile;
import java.util.Objects;

/// Lays out files that are YAML from the first line to the last.
final class YamlFileLayout implements Layout {
  @Override
  public void lay(PromptFile file, Gaps gaps) {
    FrontMatter yaml = file.frontMatter();
    if (yaml != null && yaml.valid()) {
      YamlLayout.lay(yaml.content(), gaps);
    }
  }

  @Override
  public boolean keeps(PromptFile before, PromptFile after) {
    return Objects.equals(FrontMatterLayout.settings(before), FrontMatterLayout.settings(after));
  }
}
