package dev.promptls.lab;

import dev.promptls.model.ModelException;
import org.jspecify.annotations.Nullable;

/// The models at hand: installed ones, files, folders and the endpoints of the user's settings.
/// Choosing opens nothing, connects nowhere and starts no process; asking the handle does.
public interface Models extends AutoCloseable {
  /// The model for a prompt: the one that is `asked` for by flag or command, else the user's
  /// setting, else the one the file `declares` if it is installed or configured, else the default.
  ///
  /// @param asked a name, a `.gguf` file, a folder or `remote:NAME`
  /// @param declared what the prompt's front matter says under `model`
  /// @throws ModelException if what is asked for does not exist
  ModelHandle choose(@Nullable String asked, @Nullable String declared) throws ModelException;

  /// As [#choose], for counting tokens only: a declared model counts as known when its tokenizer
  /// is.
  ModelHandle chooseForCounting(@Nullable String asked, @Nullable String declared)
      throws ModelException;

  /// Ends what was started for the handles, child processes included.
  @Override
  void close();
}
