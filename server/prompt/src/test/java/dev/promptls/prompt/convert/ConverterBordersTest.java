package dev.promptls.prompt.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.promptls.prompt.render.Data;
import dev.promptls.prompt.render.RenderOptions;
import dev.promptls.prompt.render.Renderer;
import dev.promptls.prompt.syntax.Format;
import dev.promptls.prompt.syntax.PromptReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What stands at the borders of messages, and messages of nothing but white space.
class ConverterBordersTest {
  private record Case(String name, String text, Format to) {}

  private static Case of(String name, String text, Format to) {
    return new Case(name, text, to);
  }

  @Test
  void borders_are_kept() throws ConversionException {
    for (Case each :
        List.of(
            of("a.prompty", "---\nname: n\n---\r\nuser:\r\nHi\r\n\r\n", Format.GITHUB),
            of("a.prompty", "user:\n{% for i in l %}- {{i}}\n{% endfor %}\n", Format.DOTPROMPT),
            of("a.prompty", "user:\n\n{% for i in l %}\n{{i}}{% endfor %}\n", Format.DOTPROMPT),
            of(
                "a.prompty",
                "user:\n{% if l %}a{% for i in l %}\n{{i}}\n{% endfor %}\n{% endif %}\n\nsystem:\nb\n",
                Format.DOTPROMPT),
            of("a.prompt.md", "---\ndescription: d\n---\n---\nInput\n---\n", Format.DOTPROMPT),
            of("a.jsonl", row("---\\na\\n---\\nb"), Format.DOTPROMPT),
            of("a.prompt", "{{role \"user\"}}---\na\n---\nb\n", Format.MARKDOWN),
            of("a.prompt.yml", github("\\nHi"), Format.DOTPROMPT),
            of("a.prompt.yml", github(" \\nHi"), Format.DOTPROMPT),
            of("a.prompt.yml", github("Hi\\n  "), Format.DOTPROMPT),
            of("a.prompt.yml", github("Hi\\n"), Format.DOTPROMPT),
            of("a.jsonl", row("  "), Format.SHAREGPT),
            of("a.jsonl", row(""), Format.GITHUB))) {
      Conversion conversion = convert(each);
      assertEquals(
          said(each.name(), each.text()),
          said("a" + Converter.ending(each.to()), conversion.text()),
          conversion.text());
    }
  }

  @Test
  void borders_that_are_not_kept_are_told() throws ConversionException {
    for (Map.Entry<Case, String> each :
        Map.of(
                of("a.prompt.yml", github(" "), Format.DOTPROMPT),
                "The blank message of user is left out: dotprompt has no such messages.",
                of("a.prompty", "user:\n\n\nsystem:\nHi\n", Format.GITHUB),
                "An empty message is left out: only Prompty has such.",
                of("a.jsonl", row("Hi").replace("user", "assistant"), Format.ALPACA),
                "The missing question becomes an empty one: Alpaca needs one.",
                of("a.prompt", "Hi {{name}} and \\{{name}}", Format.GITHUB),
                "The text {{name}} becomes a variable of GitHub.",
                of("a.prompt", "a\r\nb", Format.PROMPTY),
                "The carriage returns are dropped: Prompty ends lines without.")
            .entrySet()) {
      List<String> told = convert(each.getKey()).losses().stream().map(Loss::message).toList();
      assertTrue(told.contains(each.getValue()), told::toString);
    }
  }

  private static String row(String text) {
    return "{\"messages\": [{\"role\": \"user\", \"content\": \"" + text + "\"}]}\n";
  }

  private static String github(String text) {
    return "name: n\nmessages:\n  - role: user\n    content: \"" + text + "\"\n";
  }

  private static Conversion convert(Case each) throws ConversionException {
    return Converter.convert(PromptReader.read(each.name(), each.text()), each.to());
  }

  private static List<String> said(String name, String text) {
    Data data = Data.input(Map.of("l", List.of("x", "y")));
    return Renderer.render(PromptReader.read(name, text), RenderOptions.of(data))
        .messages()
        .stream()
        .map(message -> message.role().replace("assistant", "model") + ": " + message.text())
        .toList();
  }
}
