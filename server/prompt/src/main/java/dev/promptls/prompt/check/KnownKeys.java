package dev.promptls.prompt.check;

import dev.promptls.prompt.syntax.Format;
import dev.promptls.prompt.syntax.FrontMatter;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.PromptyReference;
import dev.promptls.prompt.syntax.YamlNode;
import dev.promptls.prompt.vocabulary.KeyInfo;
import dev.promptls.prompt.vocabulary.Vocabulary;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/// The keys of a kind of file by their places. The items of a list stand where the list does.
final class KnownKeys {
  /// By the list of words, which is the same object for all files of a kind.
  private static final Map<List<KeyInfo>, KnownKeys> ALL =
      Collections.synchronizedMap(new IdentityHashMap<>());

  private final Map<String, Map<String, Key>> below = new HashMap<>();
  private final boolean dots;

  /// A key that is known.
  ///
  /// @param path from the top, joined by dots
  record Key(String path, KeyInfo info, KeyType type) {}

  private KnownKeys(List<KeyInfo> words) {
    Map<String, KeyInfo> keys = new LinkedHashMap<>();
    words.forEach(key -> keys.put(key.name().replace("[]", ""), key));
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

  /// The keys that a file may have.
  static KnownKeys of(PromptFile file) {
    return ALL.computeIfAbsent(Vocabulary.keys(file), KnownKeys::new);
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
  /// read. What a Prompty file takes from elsewhere, `${file:…}`, is not known here.
  static void visit(Subject subject, BiConsumer<Key, YamlNode> visitor) {
    boolean prompty = subject.file().format() == Format.PROMPTY;
    visitEntries(
        subject,
        (key, entry) -> {
          if (!(prompty && refersElsewhere(entry.value()))) {
            visitor.accept(key, entry.value());
          }
        });
  }

  private static boolean refersElsewhere(YamlNode value) {
    return value instanceof YamlNode.Scalar scalar && PromptyReference.of(scalar.string()) != null;
  }

  /// The same with the keys as they are written.
  static void visitEntries(Subject subject, BiConsumer<Key, YamlNode.Entry> visitor) {
    FrontMatter frontMatter = subject.file().frontMatter();
    if (frontMatter != null && frontMatter.root() != null && frontMatter.valid()) {
      of(subject.file()).visit(frontMatter.root(), "", visitor);
    }
  }

  private void visit(YamlNode node, String path, BiConsumer<Key, YamlNode.Entry> visitor) {
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
          visitor.accept(key, entry);
          visit(entry.value(), key.path(), visitor);
        }
      }
    }
  }
}
