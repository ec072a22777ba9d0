package dev.promptls.app;

import dev.promptls.lsp.GalleryPrompt;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.PromptReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The prompts that people start from. They come with the program, listed in `gallery.txt`.
final class Gallery {
  private static final String LIST = "gallery.txt";
  private static final String SUFFIX = ".prompt";

  private Gallery() {}

  static List<GalleryPrompt> prompts() {
    List<GalleryPrompt> prompts = new ArrayList<>();
    for (String path : resource(LIST).split("\\R", -1)) {
      if (path.endsWith(SUFFIX)) {
        String text = resource("gallery/" + path);
        PromptFile file = PromptReader.read(path, text);
        String description = file.metadata().get("description") instanceof String line ? line : "";
        prompts.add(
            new GalleryPrompt(
                path.substring(0, path.length() - SUFFIX.length()), description, text));
      }
    }
    return prompts;
  }

  /// The rows to test a prompt with, null if it has none.
  static @Nullable String rows(String prompt) {
    String name = "gallery/" + prompt + ".jsonl";
    return Gallery.class.getResource(name) == null ? null : resource(name);
  }

  private static String resource(String name) {
    try (InputStream in = Objects.requireNonNull(Gallery.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("A part of the program cannot be read: " + name, e);
    }
  }
}
