package dev.promptls.prompt.convert;

import dev.promptls.prompt.convert.Settings.Input;
import dev.promptls.prompt.render.PartialResolver;
import dev.promptls.prompt.syntax.EditorVariables;
import dev.promptls.prompt.syntax.Format;
import dev.promptls.prompt.syntax.MessageNode;
import dev.promptls.prompt.syntax.Problem;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.PromptyReader;
import dev.promptls.prompt.syntax.Severity;
import dev.promptls.prompt.syntax.Tag;
import dev.promptls.prompt.syntax.VariableUse;
import dev.promptls.prompt.text.Span;
import dev.promptls.template.TemplateException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Turns prompts of one format into another. What the other cannot say is told as a [Loss]; without
/// losses the new file renders to the same messages, and so does what it is turned back into.
public final class Converter {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^{}\\s]+)}}");

  private final PromptFile file;
  private final PartialResolver partials;
  private final Losses losses = new Losses();

  private Converter(PromptFile file, PartialResolver partials) {
    this.file = file;
    this.partials = partials;
  }

  /// A file in another format; partials are not found.
  ///
  /// @throws ConversionException as the other does
  public static Conversion convert(PromptFile file, Format to) throws ConversionException {
    return convert(file, to, PartialResolver.NONE);
  }

  /// A file in another format. To its own format nothing changes.
  ///
  /// @param partials are put where they are included
  /// @throws ConversionException if the file cannot be read well enough to say what it means, or
  ///   the format is one that nothing is written in
  public static Conversion convert(PromptFile file, Format to, PartialResolver partials)
      throws ConversionException {
    if (to == Format.POML) {
      throw new ConversionException("POML can be read only: choose another format.");
    }
    if (file.format() == to) {
      return new Conversion(file.text(), List.of());
    }
    for (Problem problem : file.problems()) {
      if (problem.severity() == Severity.ERROR) {
        throw new ConversionException(
            file.name() + " cannot be converted before it can be read: " + problem.message());
      }
    }
    return new Converter(file, partials).convert(to);
  }

  /// How names of files of a format end.
  public static String ending(Format format) {
    return switch (format) {
      case DOTPROMPT -> ".prompt";
      case PROMPTY -> ".prompty";
      case GITHUB -> ".prompt.yml";
      case MARKDOWN -> ".prompt.md";
      case TEXT -> ".txt";
      case OPENAI, ALPACA, SHAREGPT -> ".jsonl";
      case POML -> ".poml";
    };
  }

  private Conversion convert(Format to) throws ConversionException {
    if (isRows(file.format()) && isRows(to)) {
      return rows(to);
    }
    Settings settings = SettingsReader.read(file, losses);
    List<Piece> pieces = pieces(settings);
    if (lists(file.format()) && !lists(to)) {
      tellBlankMessages(to);
    }
    String text = write(settings, pieces, to);
    return new Conversion(text, losses.inOrder());
  }

  private String write(Settings settings, List<Piece> pieces, Format to) {
    PlainFiles plain = plain();
    return switch (to) {
      case DOTPROMPT -> DotpromptFile.of(settings, pieces, losses);
      case PROMPTY -> PromptyFile.of(settings, pieces, losses);
      case GITHUB -> plain.github(settings, flat(settings, pieces, true, "GitHub Models"));
      case MARKDOWN -> plain.markdown(settings, flat(settings, pieces, true, "a Markdown prompt"));
      case TEXT -> plain.text(settings, flat(settings, pieces, false, "plain text"));
      case OPENAI, ALPACA, SHAREGPT, POML ->
          plain.chat(settings, flat(settings, pieces, false, "training data"), to);
    };
  }

  /// The formats whose messages are listed one by one list blank ones too.
  private PlainFiles plain() {
    return new PlainFiles(losses, lists(file.format()));
  }

  private static boolean lists(Format format) {
    return format == Format.GITHUB || isRows(format);
  }

  private List<Piece> flat(
      Settings settings, List<Piece> pieces, boolean variables, String format) {
    return WrittenOut.of(pieces, settings.defaults(), variables, format, losses);
  }

  private void tellBlankMessages(Format to) {
    for (MessageNode message : file.messages()) {
      if (message.row() == 0 && message.said(file.text()).isBlank()) {
        losses.add(
            "the blank message of " + message.role(),
            message.span(),
            "is left out: " + to.label() + " has no such messages");
      }
    }
  }

  private static boolean isRows(Format format) {
    return format == Format.OPENAI || format == Format.ALPACA || format == Format.SHAREGPT;
  }

  private Conversion rows(Format to) {
    StringBuilder text = new StringBuilder();
    int rows = file.messages().isEmpty() ? 0 : file.messages().getLast().row() + 1;
    if (rows == 0) {
      losses.add(
          "the file", Span.at(0), "holds no conversations, so that there is no row to write");
    }
    Map<Integer, List<MessageNode>> messages =
        file.messages().stream().collect(Collectors.groupingBy(MessageNode::row));
    for (int row = 0; row < rows; row++) {
      List<Piece> said = said(messages.getOrDefault(row, List.of()));
      text.append(plain().chat(Settings.NONE, said, to));
    }
    return new Conversion(text.toString(), losses.inOrder());
  }

  private List<Piece> pieces(Settings settings) throws ConversionException {
    String template = file.template().of(file.text());
    int base = file.template().start();
    try {
      return switch (file.format()) {
        case DOTPROMPT -> new HandlebarsPieces(losses, partials, base).read(template);
        case PROMPTY -> RoleLines.split(prompty(template, base, settings), losses);
        case GITHUB -> placeholders();
        case MARKDOWN -> filled(Converter::editorInputs);
        case TEXT, OPENAI, ALPACA, SHAREGPT, POML -> {
          if (file.messages().stream().anyMatch(message -> message.row() > 0)) {
            Span second =
                file.messages().stream().filter(m -> m.row() > 0).findFirst().orElseThrow().span();
            losses.add(
                "all but the first conversation",
                new Span(second.start(), file.text().length()),
                "is left out: the format holds one");
          }
          if (file.format() == Format.POML) {
            losses.add(
                "the markup", Span.at(0), "is left out but for its messages: POML is not executed");
          }
          yield said(file.messages().stream().filter(m -> m.row() == 0).toList());
        }
      };
    } catch (TemplateException e) {
      throw new ConversionException(
          file.name() + " cannot be converted before its template can be read: " + e.getMessage());
    }
  }

  private List<Piece> prompty(String template, int base, Settings settings)
      throws TemplateException {
    if (PromptyReader.isMustache(file.frontMatter())) {
      // Values are written alike in both; sections have no counterpart, and are told as lost.
      return new HandlebarsPieces(losses, PartialResolver.NONE, base).read(template);
    }
    for (Tag tag : file.tags()) {
      if (tag.kind() == Tag.Kind.COMMENT) {
        losses.add("the comments of the template", tag.span(), "are left out: they print nothing");
      }
    }
    return new JinjaPieces(losses, base, threads(settings)).read(template);
  }

  private static Set<String> threads(Settings settings) {
    Set<String> threads = new HashSet<>();
    for (Input input : settings.inputs()) {
      if (input.type().equals("thread")) {
        threads.add(input.name());
      }
    }
    return threads;
  }

  private Set<String> names() {
    Set<String> names = new HashSet<>();
    file.inputs().forEach(input -> names.add(input.name()));
    for (VariableUse use : file.variables()) {
      names.add(use.name());
    }
    return names;
  }

  /// The messages of one conversation as they stand.
  private List<Piece> said(List<MessageNode> conversation) {
    List<Piece> pieces = new ArrayList<>();
    for (MessageNode message : conversation) {
      pieces.add(role(message));
      text(message.said(file.text()), pieces);
    }
    return pieces;
  }

  /// A variable where a message says it.
  private record Written(Span span, String name) {}

  /// Messages with variables in them.
  private List<Piece> filled(Function<String, List<Written>> variables) {
    List<Piece> pieces = new ArrayList<>();
    for (MessageNode message : file.messages()) {
      pieces.add(role(message));
      String said = message.said(file.text());
      int at = 0;
      for (Written variable : variables.apply(said)) {
        text(said.substring(at, variable.span().start()), pieces);
        Term term = new Term.Ref(0, List.of(variable.name()));
        pieces.add(new Piece.Value(term, message.source(variable.span())));
        at = variable.span().end();
      }
      text(said.substring(at), pieces);
    }
    return pieces;
  }

  private List<Piece> placeholders() {
    Set<String> names = names();
    return filled(said -> placeholders(said, names));
  }

  private static List<Written> placeholders(String said, Set<String> names) {
    List<Written> found = new ArrayList<>();
    Matcher matcher = PLACEHOLDER.matcher(said);
    while (matcher.find()) {
      if (names.contains(matcher.group(1))) {
        found.add(new Written(new Span(matcher.start(), matcher.end()), matcher.group(1)));
      }
    }
    return found;
  }

  private static List<Written> editorInputs(String said) {
    return EditorVariables.find(said, new Span(0, said.length())).stream()
        .filter(EditorVariables.Variable::input)
        .map(variable -> new Written(variable.span(), variable.name()))
        .toList();
  }

  private static Piece role(MessageNode message) {
    Map<String, String> names = Map.of("assistant", "model", "human", "user", "gpt", "model");
    return new Piece.Role(names.getOrDefault(message.role(), message.role()), message.span());
  }

  private static void text(String text, List<Piece> to) {
    if (!text.isEmpty()) {
      to.add(new Piece.Text(text));
    }
  }
}
