package dev.promptls.lab.files;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.eclipse.jgit.ignore.IgnoreNode;
import org.jspecify.annotations.Nullable;

/// The `.gitignore` rules that hold in a folder: its own, then those of the folders above, then
/// `.git/info/exclude`. The first that speaks of a path decides, as in Git.
///
/// @param above null at the top
/// @param folder that the rules are relative to
record IgnoreRules(@Nullable IgnoreRules above, Path folder, IgnoreNode rules) {
  private static final long MOST_BYTES = 1 << 20;

  /// Wildcards in one pattern: their matching takes time in the power of their number.
  private static final int MOST_STARS = 8;

  /// What holds in a folder because of files in it and above.
  ///
  /// @param root the topmost folder that may be read
  /// @param aboveToo whether folders above the root may be read all the same, up to the top of its
  ///   repository
  static @Nullable IgnoreRules at(Path folder, Path root, boolean aboveToo) {
    Path top = root;
    while (aboveToo && !isRepository(top) && top.getParent() != null) {
      top = top.getParent();
    }
    if (!isRepository(top)) {
      // Without a repository, what lies above speaks of something else.
      top = root;
    }
    IgnoreRules rules = with(null, top, top.resolve(".git/info/exclude"));
    for (Path each : top.relativize(folder)) {
      rules = below(rules, top);
      top = top.resolve(each);
    }
    return top.equals(folder) ? below(rules, folder) : rules;
  }

  /// What holds in a folder, given what holds above it.
  static @Nullable IgnoreRules below(@Nullable IgnoreRules above, Path folder) {
    return with(above, folder, folder.resolve(".gitignore"));
  }

  /// Whether a path in the folder or below is ignored.
  static boolean ignores(@Nullable IgnoreRules rules, Path path, boolean isFolder) {
    for (IgnoreRules each = rules; each != null; each = each.above) {
      String relative = DiskTexts.written(each.folder.relativize(path));
      Boolean ignored = each.rules.checkIgnored(relative, isFolder);
      if (ignored != null) {
        return ignored;
      }
    }
    return false;
  }

  private static boolean isRepository(Path folder) {
    return Files.exists(folder.resolve(".git"));
  }

  private static @Nullable IgnoreRules with(@Nullable IgnoreRules above, Path folder, Path file) {
    try {
      // As Git does, and because a link may lead out of the roots.
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > MOST_BYTES) {
        return above;
      }
      String lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      StringBuilder kept = new StringBuilder();
      lines.lines().filter(IgnoreRules::isCheap).forEach(line -> kept.append(line).append('\n'));
      IgnoreNode node = new IgnoreNode();
      node.parse(new ByteArrayInputStream(kept.toString().getBytes(StandardCharsets.UTF_8)));
      return node.getRules().isEmpty() ? above : new IgnoreRules(above, folder, node);
    } catch (IOException unreadable) {
      // Git goes on without it, too.
      return above;
    }
  }

  private static boolean isCheap(String line) {
    return line.length() <= 4096 && line.chars().filter(c -> c == '*').count() <= MOST_STARS;
  }
}
