package dev.promptls.prompt.check;

import dev.promptls.prompt.syntax.Format;
import dev.promptls.prompt.syntax.FrontMatter;
import dev.promptls.prompt.syntax.YamlNode;
import dev.promptls.prompt.vocabulary.KeyInfo;
import dev.promptls.prompt.vocabulary.Vocabulary;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/// The keys of a format by their places. The items of a list stand where the list does.
final class KnownKeys {
  private static final Map<Format, KnownKeys> ALL = new EnumMap<>(Format.class);

  static {
    for (Format format : Format.values()) {
      ALL.put(format, new KnownKeys(format));
    }
  }

  private final Map<String, Map<String, Key>> below = new HashMap<>();
  private final boolean dots;

  /// A key that is known.
  ///
  /// @param path from the top, joined by dots
  record Key(String path, KeyInfo info, KeyType type) {}

  private KnownKeys(Format format) {
    Map<String, KeyInfo> keys = new LinkedHashMap<>();
    Vocabulary.keys(format).forEach(key -> keys.put(key.name().replace("[]", ""), key));
    boolean extensions = false;
    for (Map.Entry<String, KeyInfo> each : keys.entrySet()) {
      String path = each.getKey();
      int dot = path.lastIndexOf('.');
      String parent = dot < 0 ? "" : path.substring(0, dot);
      boolean extension = !keys.containsKey(parent) && !parent.isEmpty();
      extensions |= extension;
      String name = extension ? path : path.substring(dot + 1);
      below
          .computeIfAbsent(extension ? "" : parent, _ -> new LinkedHashMap<>())
          .put(name, new Key(path, each.getValue(), KeyType.of(each.getValue().type())));
    }
    dots = extensions;
  }

  static KnownKeys of(Format format) {
    KnownKeys keys = ALL.get(format);
    return keys == null ? new KnownKeys(format) : keys;
  }

  /// The keys in the mapping, or in the list of mappings, at a path; by name.
  Map<String, Key> below(String path) {
    return below.getOrDefault(path, Map.of());
  }

  /// Whether keys with a dot are extensions, which anybody may write.
  boolean allowsDots() {
    return dots;
  }

  /// Gives every value of a file's settings whose key is known; none of settings that cannot be
  /// read.
  static void visit(Subject subject, BiConsumer<Key, YamlNode> visitor) {
    FrontMatter frontMatter = subject.file().frontMatter();
    if (frontMatter != null && frontMatter.root() != null && frontMatter.valid()) {
      of(subject.file().format()).visit(frontMatter.root(), "", visitor);
    }
  }

  private void visit(YamlNode node, String path, BiConsumer<Key, YamlNode> visitor) {
    Map<String, Key> known = below(path);
    if (known.isEmpty()) {
      return;
    }
    if (node instanceof YamlNode.Sequence list) {
      list.items().forEach(item -> visit(item, path, visitor));
    }
    if (node instanceof YamlNode.Mapping mapping) {
      for (YamlNode.Entry entry : mapping.entries()) {
        Key key = known.get(entry.key().text());
        if (key != null) {
          visitor.accept(key, entry.value());
          visit(entry.value(), key.path(), visitor);
        }
      }
    }
  }
}
