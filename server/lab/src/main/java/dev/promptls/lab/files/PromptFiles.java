package dev.promptls.lab.files;

import dev.promptls.prompt.workspace.FileNames;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// Finds prompt files. Folders are searched as Git sees them: what `.gitignore` names, hidden
/// folders and `node_modules` are passed over, links are followed as long as they stay inside.
public final class PromptFiles {
  /// A first line that is an object with a key of one of the known formats.
  private static final Pattern CHAT =
      Pattern.compile("\\A\\s*\\{[^\\n]*\"(?:messages|conversations|instruction)\"\\s*:");

  /// As much of a file as tells.
  private static final int HEAD = 64 << 10;

  private PromptFiles() {}

  /// The prompt files of all formats that some paths are or hold. A file that is named is taken as
  /// it is; folders give what looks like a prompt by its name, and JSON Lines that hold chats.
  public static FileListing below(List<Path> paths) {
    return below(paths, Limits.DEFAULT);
  }

  /// The same with other limits.
  public static FileListing below(List<Path> paths, Limits limits) {
    return new FileWalk(limits, PromptFiles::isPrompt).list(paths);
  }

  /// Whether a file that was found is a prompt.
  public static boolean isPrompt(Path file) {
    String name = file.getFileName().toString();
    return FileNames.isPrompt(name) || (FileNames.mayBeChats(name) && holdsChats(file));
  }

  private static boolean holdsChats(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return CHAT.matcher(new String(in.readNBytes(HEAD), StandardCharsets.UTF_8)).find();
    } catch (IOException unreadable) {
      // Taken for one, so that whoever reads it says why it cannot be read.
      return true;
    }
  }

  /// What a search may take.
  ///
  /// @param files most files found
  /// @param entries most entries of folders looked at
  /// @param depth most folders inside each other
  /// @param bytes of the largest file taken
  /// @param ignoresAbove whether `.gitignore` files above the paths count, up to the top of the
  ///   repository; these are read although they lie outside
  public record Limits(int files, int entries, int depth, long bytes, boolean ignoresAbove) {
    public static final Limits DEFAULT =
        new Limits(100_000, 2_000_000, 100, TextFile.MOST_BYTES, true);
  }
}
