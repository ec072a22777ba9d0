package dev.promptls.prompt.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.promptls.prompt.PromptFixtures;
import dev.promptls.prompt.render.Data;
import dev.promptls.prompt.render.Message;
import dev.promptls.prompt.render.RenderOptions;
import dev.promptls.prompt.render.RenderResult;
import dev.promptls.prompt.render.Renderer;
import dev.promptls.prompt.syntax.Format;
import dev.promptls.prompt.syntax.InputDeclaration;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.PromptReader;
import dev.promptls.prompt.syntax.VariableUse;
import dev.promptls.prompt.text.LineIndex;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What conversion promises, for every file and every format: without losses the same messages, and
/// the same again when turned back.
class ConverterLawsTest {
  private static final Map<Format, String> NAMES = new EnumMap<>(Format.class);

  static {
    NAMES.put(Format.DOTPROMPT, "a.prompt");
    NAMES.put(Format.PROMPTY, "a.prompty");
    NAMES.put(Format.GITHUB, "a.prompt.yml");
    NAMES.put(Format.MARKDOWN, "a.prompt.md");
    NAMES.put(Format.TEXT, "a.txt");
    NAMES.put(Format.OPENAI, "a.jsonl");
    NAMES.put(Format.ALPACA, "a.jsonl");
    NAMES.put(Format.SHAREGPT, "a.jsonl");
  }

  @Test
  void a_conversion_without_losses_keeps_the_messages_there_and_back() {
    int there = 0;
    int back = 0;
    for (PromptFile file : PromptFixtures.all()) {
      for (Map.Entry<Format, String> to : NAMES.entrySet()) {
        Conversion conversion = convert(file, to.getKey());
        if (conversion == null || !conversion.losses().isEmpty() || said(file) == null) {
          continue;
        }
        PromptFile converted = read(to.getValue(), conversion.text(), to.getKey());
        assertEquals(said(file), said(converted), () -> shown(file, to.getKey(), conversion));
        there++;
        String own = NAMES.get(file.format());
        Conversion returned = convert(converted, file.format());
        if (own != null && returned != null && returned.losses().isEmpty()) {
          PromptFile again = read(own, returned.text(), file.format());
          assertEquals(said(file), said(again), () -> shown(converted, file.format(), returned));
          back++;
        }
      }
    }
    assertTrue(there > 100 && back > 50, there + " there, " + back + " back");
  }

  private static String shown(PromptFile file, Format to, Conversion conversion) {
    return file.name() + " to " + to + "\n" + file.text() + "\n=====\n" + conversion.text();
  }

  private static @Nullable Conversion convert(PromptFile file, Format to) {
    try {
      return Converter.convert(file, to, name -> "a partial\n");
    } catch (ConversionException unreadable) {
      assertTrue(String.valueOf(unreadable.getMessage()).endsWith("."), unreadable.getMessage());
      return null;
    }
  }

  private static PromptFile read(String name, String text, Format format) {
    return PromptReader.read(name, LineIndex.of(text), format);
  }

  /// Roles and texts, with the defaults and with all inputs given, if none but texts are used; null
  /// if it cannot be rendered. What has no value at all is shown differently by different formats.
  private static @Nullable List<List<String>> said(PromptFile file) {
    Map<String, Object> given = new LinkedHashMap<>();
    Map<String, Object> lacking = new LinkedHashMap<>();
    for (VariableUse use : file.variables()) {
      InputDeclaration declared = file.input(use.name());
      boolean text =
          declared == null || declared.type().isEmpty() || declared.type().equals("string");
      if (use.isTopLevel() && use.path().size() == 1 && text) {
        given.put(use.name(), "given " + use.name());
        if (declared == null || !declared.defaulted()) {
          lacking.put(use.name(), "lacking " + use.name());
        }
      }
    }
    List<List<String>> all = new ArrayList<>();
    for (Map<String, Object> data : List.of(lacking, given)) {
      RenderOptions options =
          RenderOptions.of(Data.input(data)).withPartials(name -> "a partial\n");
      RenderResult result = Renderer.render(file, options);
      if (result.failed()) {
        return null;
      }
      List<String> said = new ArrayList<>();
      for (Message message : result.messages()) {
        said.add(message.role().replace("assistant", "model") + ": " + message.text());
      }
      all.add(said);
    }
    return all;
  }
}
