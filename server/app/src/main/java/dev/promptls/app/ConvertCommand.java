package dev.promptls.app;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.promptls.lab.Json;
import dev.promptls.model.ModelException;
import dev.promptls.prompt.convert.Conversion;
import dev.promptls.prompt.convert.ConversionException;
import dev.promptls.prompt.convert.Converter;
import dev.promptls.prompt.convert.Loss;
import dev.promptls.prompt.syntax.Format;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.text.Encoding;
import dev.promptls.prompt.text.Position;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Turns a prompt of one format into another.
@Command(
    name = "convert",
    description = "Turn a prompt of one format into another.",
    footer = {
      "",
      "What the other format cannot say is told on standard error, with its place and",
      "the reason. Without such losses the new file renders to the same messages.",
      "",
      "  promptls convert a.prompt --to prompty              to standard output",
      "  promptls convert a.prompty --to github -o a.prompt.yml",
      "  promptls convert a.prompt --to openai --strict      only if nothing is lost",
      "",
      "Exit codes: 0 converted, 1 the prompt is wrong or, with --strict, something",
      "would be lost, 2 usage, 3 a file could not be read or written."
    })
final class ConvertCommand implements Callable<Integer> {
  private final Workbench bench;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The prompt, in any format.")
  private Path file = Path.of("");

  @Option(
      names = "--to",
      required = true,
      paramLabel = "FORMAT",
      description = "dotprompt, prompty, github, markdown, text, openai, alpaca or sharegpt.")
  private String to = "";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where to write it; a file that is there already stays as it is.")
  private @Nullable Path output;

  @Option(names = "--strict", description = "Write nothing if anything would be lost.")
  private boolean strict;

  @Option(names = "--json", description = "Print one JSON document: text and losses.")
  private boolean json;

  ConvertCommand(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() throws ModelException {
    Format format = format();
    PromptFile prompt = PromptSource.prompt(file);
    Conversion conversion;
    try {
      conversion = Converter.convert(prompt, format, PromptSource.partials(file));
    } catch (ConversionException refusal) {
      bench.console().note(String.valueOf(refusal.getMessage()));
      return ExitCode.FINDINGS;
    }
    if (!json) {
      conversion.losses().forEach(loss -> tell(prompt, loss));
    }
    if (strict && !conversion.losses().isEmpty()) {
      if (json) {
        bench.console().line(Json.pretty(document(prompt, format, conversion)));
      }
      return ExitCode.FINDINGS;
    }
    if (output != null) {
      NewFile.write(output, conversion.text());
    }
    if (json) {
      bench.console().line(Json.pretty(document(prompt, format, conversion)));
    } else if (output == null) {
      bench.console().stream(conversion.text());
    }
    return ExitCode.SUCCESS;
  }

  private Format format() {
    List<Format> known =
        Arrays.stream(Format.values()).filter(format -> format != Format.POML).toList();
    return known.stream()
        .filter(format -> format.label().equals(to.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() ->
            UsageError.of(
                spec,
                "There is no format %s to convert to; there are %s."
                    .formatted(
                        to, known.stream().map(Format::label).collect(Collectors.joining(", ")))));
  }

  private void tell(PromptFile prompt, Loss loss) {
    Position start = prompt.lines().position(loss.where().start(), Encoding.UTF16);
    bench
        .console()
        .err()
        .print(
            "%s:%d:%d: lost: %s\n"
                .formatted(prompt.name(), start.line() + 1, start.character() + 1, loss.message()));
    bench.console().err().flush();
  }

  private static JsonObject document(PromptFile prompt, Format to, Conversion conversion) {
    JsonArray losses = new JsonArray();
    for (Loss loss : conversion.losses()) {
      JsonObject range = new JsonObject();
      range.add("start", position(prompt, loss.where().start()));
      range.add("end", position(prompt, loss.where().end()));
      JsonObject told = new JsonObject();
      told.addProperty("what", loss.what());
      told.add("range", range);
      told.addProperty("message", loss.message());
      losses.add(told);
    }
    JsonObject document = new JsonObject();
    document.addProperty("from", prompt.format().label());
    document.addProperty("to", to.label());
    document.addProperty("text", conversion.text());
    document.add("losses", losses);
    return document;
  }

  private static JsonObject position(PromptFile prompt, int offset) {
    return Json.tree(prompt.lines().position(offset, Encoding.UTF16)).getAsJsonObject();
  }
}
