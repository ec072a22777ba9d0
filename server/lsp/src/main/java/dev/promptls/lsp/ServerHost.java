package dev.promptls.lsp;

import com.google.gson.JsonElement;
import dev.promptls.lab.Models;
import dev.promptls.lsp.session.Settings;
import dev.promptls.model.ModelException;
import dev.promptls.prompt.render.References;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the server is given by the program around it.
public interface ServerHost {
  /// The models at hand. Asked for once, when the first is needed or after `initialized`.
  ///
  /// @param consent whom to ask before something large is downloaded
  /// @param settings the client's, of which device and threads matter here
  Models models(PullConsent consent, Settings settings);

  /// The model that the server was started with, which goes before all settings; null if none.
  default @Nullable String model() {
    return null;
  }

  /// What a prompt may take from this machine when the user renders or runs it; nothing when it is
  /// only looked at.
  ///
  /// @param folder of the prompt, null if it lies in none
  default References references(@Nullable Path folder) throws ModelException {
    return References.NONE;
  }

  /// Whether prompts may read an environment variable, which looks at the user's settings only.
  default boolean mayRead(String variable) {
    return true;
  }

  /// The prompts that people start from.
  List<GalleryPrompt> gallery();

  /// The models that a prompt can name: those at hand first, then hosted ones.
  default List<OfferedModel> offeredModels() {
    return List.of();
  }

  /// What `model info` prints of a model.
  JsonElement modelInfo(String model) throws ModelException;

  /// The program's version, as the client is told.
  String version();
}
