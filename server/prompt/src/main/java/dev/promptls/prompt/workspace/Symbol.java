package dev.promptls.prompt.workspace;

import java.util.List;

/// Something that files of a workspace refer to.
public sealed interface Symbol {
  /// What a person calls it.
  String name();

  /// A file: a partial, a file of rows, the target of a link.
  record File(String path) implements Symbol {
    @Override
    public String name() {
      String name = FileNames.name(path);
      return PartialNames.isPartial(path) ? PartialNames.bare(path) : name;
    }
  }

  /// An input, or a field of one.
  ///
  /// @param file in which it is called so; partials that are given it may call it otherwise
  /// @param path from the top of the data: `[user, name]`
  record Input(String file, List<String> path) implements Symbol {
    public Input {
      path = List.copyOf(path);
    }

    @Override
    public String name() {
      return path.getLast();
    }
  }
}
