package dev.promptls.template.jinja;

import dev.promptls.template.Fuel;
import dev.promptls.template.Outline;
import dev.promptls.template.Rendering;
import dev.promptls.template.Template;
import dev.promptls.template.TemplateException;
import dev.promptls.template.jinja.filters.Filters;
import dev.promptls.template.python.Callable;
import dev.promptls.template.python.Dialect;
import dev.promptls.template.run.Failure;
import dev.promptls.template.run.Meter;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A Jinja template.
///
/// It sees maps, lists, strings, numbers, booleans and null, and the functions of its [Options]: no
/// methods but those Python gives such values, no reflection, no files. It behaves and prints as
/// Python's Jinja2 3.1 (docs: jinja.palletsprojects.com) unless its [Dialect] says otherwise.
public final class Jinja implements Template {
  /// How a template is read and what it may call.
  ///
  /// @param trimBlocks whether the line break behind a tag is dropped
  /// @param lstripBlocks whether the white space between line start and a tag is dropped
  /// @param keepTrailingNewline whether a line break at the very end is kept
  /// @param functions beside those of every template, by name
  public record Options(
      Dialect dialect,
      boolean trimBlocks,
      boolean lstripBlocks,
      boolean keepTrailingNewline,
      Map<String, Callable> functions) {
    public Options {
      functions = Map.copyOf(functions);
    }

    /// Python's defaults: nothing trimmed, the last line break dropped.
    public static Options python() {
      return new Options(Dialect.PYTHON, false, false, false, Map.of());
    }

    /// As `transformers` renders chat templates, with `raise_exception` and `strftime_now`.
    public static Options chat(Supplier<LocalDateTime> now) {
      return new Options(Dialect.CHAT, true, true, false, ChatFunctions.of(now));
    }

    /// The Prompty subset, which keeps the text as it stands.
    public static Options prompty() {
      return new Options(Dialect.PROMPTY, false, false, true, Map.of());
    }

    public Options withTrimBlocks(boolean value) {
      return new Options(dialect, value, lstripBlocks, keepTrailingNewline, functions);
    }

    public Options withLstripBlocks(boolean value) {
      return new Options(dialect, trimBlocks, value, keepTrailingNewline, functions);
    }

    public Options withKeepTrailingNewline(boolean value) {
      return new Options(dialect, trimBlocks, lstripBlocks, value, functions);
    }
  }

  private final String source;
  private final Options options;
  private final Tree tree;

  private Jinja(String source, Options options, Tree tree) {
    this.source = source;
    this.options = options;
    this.tree = tree;
  }

  /// Reads a template.
  ///
  /// @throws TemplateException with the range of what cannot be read
  public static Jinja parse(String source, Options options) throws TemplateException {
    return Failure.told(() -> read(source, options, Meter.ofReading()));
  }

  /// Reads a template and renders it once, both for one fuel.
  ///
  /// @throws TemplateException if the template cannot be read, fails, or the fuel runs out
  public static Rendering render(
      String source, Options options, Map<String, ? extends @Nullable Object> variables, Fuel fuel)
      throws TemplateException {
    return Failure.told(() -> {
      Meter meter = new Meter(fuel);
      return read(source, options, meter).render(variables, meter, null);
    });
  }

  private static Jinja read(String source, Options options, Meter meter) {
    return new Jinja(source, options, Parser.parse(source, options, meter));
  }

  /// Whether two templates are the same but for white space inside their tags, and comments; of
  /// templates with mistakes what stands before the first.
  public static boolean same(String one, String other, Options options) {
    Lexer a = new Lexer(one, options, Meter.unbounded());
    Lexer b = new Lexer(other, options, Meter.unbounded());
    Token token;
    do {
      token = next(a);
      Token twin = next(b);
      if (token == null || twin == null) {
        return token == null && twin == null;
      }
      if (token.kind() != twin.kind() || !Objects.equals(token.value(), twin.value())) {
        return false;
      }
    } while (token.kind() != Token.Kind.END);
    return true;
  }

  private static @Nullable Token next(Lexer lexer) {
    try {
      return lexer.next();
    } catch (Failure mistake) {
      return null;
    }
  }

  /// Whether templates may use a filter of that name.
  public static boolean hasFilter(String name) {
    return Filters.NAMES.contains(name);
  }

  /// The template's syntax tree.
  public List<JinjaNode> nodes() {
    return tree.nodes();
  }

  /// The names this template uses, for an editor.
  public Outline outline() {
    return JinjaOutline.of(tree.nodes());
  }

  public String source() {
    return source;
  }

  @Override
  public Rendering render(Map<String, ? extends @Nullable Object> variables, Fuel fuel)
      throws TemplateException {
    return Failure.told(() -> render(variables, new Meter(fuel), null));
  }

  /// The text in pieces that tell template and values apart; joined they are what [#render] gives.
  ///
  /// @param strict variables whose printed values must not hold a line that begins like a role
  /// @throws StrictViolation if one does
  /// @throws TemplateException if the template fails or the fuel runs out
  public List<Segment> segments(
      Map<String, ? extends @Nullable Object> variables, Set<String> strict, Fuel fuel)
      throws TemplateException {
    Segments segments = new Segments(strict);
    Failure.told(() -> render(variables, new Meter(fuel), segments));
    return segments.list();
  }

  private Rendering render(
      Map<String, ? extends @Nullable Object> variables, Meter meter, @Nullable Segments segments) {
    return new Interpreter(source, tree, options, meter, segments).render(variables);
  }
}
