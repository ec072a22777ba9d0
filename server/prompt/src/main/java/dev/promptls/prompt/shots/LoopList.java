package dev.promptls.prompt.shots;

import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.Tag;
import dev.promptls.prompt.syntax.YamlNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The list in a prompt's settings that fills a loop: a default of dotprompt, a default or sample
/// of Prompty.
///
/// @param path of what goes when the list goes; empty where that is an item of a list
/// @param entry the key with the list
record LoopList(List<String> path, YamlNode.Entry entry) {
  /// Whether a tag opens a loop: `{{#each list}}`, `{% for item in list %}`.
  static boolean isLoop(Tag tag) {
    return tag.kind() == Tag.Kind.OPEN && (tag.name().equals("each") || tag.name().equals("for"));
  }

  /// The list that an input of this name has; null if it has no value in the settings.
  static @Nullable LoopList of(PromptFile file, String name) {
    LoopList found = at(file, "input", "default", name);
    if (found == null) {
      found = at(file, "sample", name);
    }
    return found == null ? declared(file.at("inputs"), name) : found;
  }

  private static @Nullable LoopList at(PromptFile file, String... path) {
    String name = path[path.length - 1];
    String[] around = List.of(path).subList(0, path.length - 1).toArray(new String[0]);
    YamlNode.Entry entry =
        file.at(around) instanceof YamlNode.Mapping mapping ? mapping.entry(name) : null;
    return entry == null ? null : new LoopList(List.of(path), entry);
  }

  /// A default among the inputs of Prompty, which are named by keys or in a list.
  private static @Nullable LoopList declared(@Nullable YamlNode inputs, String name) {
    if (inputs instanceof YamlNode.Sequence list) {
      for (YamlNode item : list.items()) {
        YamlNode named = item.get("name");
        if (named != null && name.equals(named.string())) {
          YamlNode.Entry value = value(item);
          return value == null ? null : new LoopList(List.of(), value);
        }
      }
    }
    YamlNode.Entry entry = inputs instanceof YamlNode.Mapping mapping ? mapping.entry(name) : null;
    if (entry == null) {
      return null;
    }
    YamlNode.Entry value =
        entry.value() instanceof YamlNode.Sequence ? entry : value(entry.value());
    return value == null ? null : new LoopList(List.of("inputs", name), value);
  }

  private static YamlNode.@Nullable Entry value(YamlNode input) {
    if (!(input instanceof YamlNode.Mapping mapping)) {
      return null;
    }
    YamlNode.Entry given = mapping.entry("default");
    return given == null ? mapping.entry("sample") : given;
  }

  /// The items, if it is a list.
  YamlNode.@Nullable Sequence items() {
    return entry.value() instanceof YamlNode.Sequence items ? items : null;
  }

  /// The list that an input of this name has; null if it has none.
  static YamlNode.@Nullable Sequence items(PromptFile file, String name) {
    LoopList list = of(file, name);
    return list == null ? null : list.items();
  }
}
