package dev.promptls.prompt.workspace;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How partials are named: `{{> a/b}}` is the file `a/_b.prompt` in the folder of the file that
/// calls it, a prompt or a partial, else in the nearest folder above it, up to the root of the
/// workspace. The reference's directory store names them from its root, and its users keep them
/// beside the prompts; this serves both.
public final class PartialNames {
  private static final Pattern NAME = Pattern.compile("[\\w-]++(?:[./][\\w-]++)*+");
  private static final String SUFFIX = ".prompt";

  private PartialNames() {}

  /// Whether a partial may be called so.
  public static boolean isValid(String name) {
    return name.length() <= 200 && NAME.matcher(name).matches();
  }

  /// The files that a name may mean, the preferred one first; none if it is no name.
  ///
  /// @param root no folder above it is looked into; the prompt's own folder always is
  public static List<String> candidates(String name, String folder, String root) {
    if (!isValid(name)) {
      return List.of();
    }
    String file = file(name);
    List<String> candidates = new ArrayList<>();
    String at = folder;
    while (true) {
      candidates.add(at + "/" + file);
      if (at.equals(root) || !(at + "/").startsWith(root + "/")) {
        return candidates;
      }
      at = FileNames.folder(at);
    }
  }

  /// Whether a file is one.
  public static boolean isPartial(String path) {
    String name = FileNames.name(path);
    return name.startsWith("_") && name.endsWith(SUFFIX) && name.length() > SUFFIX.length() + 1;
  }

  /// The shortest name by which a prompt can call a partial, unless another one is nearer; null if
  /// it can not.
  ///
  /// @param path of the partial
  /// @param from the prompt
  /// @param root as in [#candidates]
  public static @Nullable String name(String path, String from, String root) {
    if (!isPartial(path)) {
      return null;
    }
    String folder = FileNames.folder(path);
    String at = FileNames.folder(from);
    while (!folder.equals(at) && !folder.startsWith(at + "/")) {
      if (at.equals(root) || !(at + "/").startsWith(root + "/")) {
        return null;
      }
      at = FileNames.folder(at);
    }
    String below = folder.equals(at) ? "" : folder.substring(at.length() + 1) + "/";
    String name = below + bare(path);
    return isValid(name) ? name : null;
  }

  /// The name of a partial without folders: that of `a/_b.prompt` is `b`.
  public static String bare(String path) {
    String base = FileNames.name(path);
    return base.substring(1, base.length() - SUFFIX.length());
  }

  /// The path of the file, from the folder that the name is relative to.
  static String file(String name) {
    int slash = name.lastIndexOf('/') + 1;
    return name.substring(0, slash) + "_" + name.substring(slash) + SUFFIX;
  }
}
