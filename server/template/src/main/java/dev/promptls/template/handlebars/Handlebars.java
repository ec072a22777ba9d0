package dev.promptls.template.handlebars;

import dev.promptls.template.Fuel;
import dev.promptls.template.Outline;
import dev.promptls.template.Rendering;
import dev.promptls.template.Template;
import dev.promptls.template.TemplateException;
import dev.promptls.template.run.Failure;
import dev.promptls.template.run.Meter;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A Handlebars template, as dotprompt uses Handlebars.js: nothing is escaped for HTML, and only
/// known helpers are called.
///
/// Built in are `if`, `unless`, `each`, `with`, `lookup` and `log`. A call with arguments to
/// anything else is an error; a missing name alone prints nothing.
public final class Handlebars implements Template {
  /// What a helper is called with, and what it can ask for.
  public interface Call {
    String name();

    /// Positional arguments: maps, lists, strings, Longs, Doubles, Booleans, null (also for what is
    /// undefined).
    List<@Nullable Object> arguments();

    /// The argument at a place, null if there is none.
    default @Nullable Object argument(int index) {
      return index < arguments().size() ? arguments().get(index) : null;
    }

    /// Whether the argument at a place is missing or undefined, which is not the same as null.
    boolean isUndefined(int index);

    /// The argument at a place as JavaScript's `String` gives it: `null` and `undefined` in words.
    /// Where none was given, a helper in JavaScript finds its options, `[object Object]`.
    String text(int index);

    /// A named argument as JavaScript's `String` gives it.
    String text(String name);

    /// Named arguments, without those that are undefined.
    Map<String, @Nullable Object> hash();

    /// What `this` is.
    @Nullable Object context();

    /// The variable `@name`.
    @Nullable Object data(String name);

    /// Whether this is a block, which has an inside to render.
    boolean isBlock();

    /// The inside of the block for the current context, to be returned as the helper's value; empty
    /// without a block.
    Object block() throws TemplateException;

    /// The inside of the block for another context, with more `@` variables.
    Object block(@Nullable Object context, Map<String, ? extends @Nullable Object> data)
        throws TemplateException;

    /// The part behind `else`, to be returned as the helper's value.
    Object inverse() throws TemplateException;
  }

  /// A function that templates may call by name.
  @FunctionalInterface
  public interface Helper {
    /// Computes the helper's value: what [Call] gives for a block, or a plain value, which is
    /// printed as JavaScript prints it (null prints nothing).
    ///
    /// @throws TemplateException with the sentence that the rendering should fail with
    @Nullable Object call(Call call) throws TemplateException;
  }

  /// What a template may use.
  ///
  /// @param helpers by name
  /// @param partials gives the source of a partial by its name, or null
  /// @param names gives the name by which `partials` knows what a partial calls: of a written name
  ///   and the name of the calling partial
  public record Options(
      Map<String, Helper> helpers,
      Function<String, @Nullable String> partials,
      BinaryOperator<String> names) {
    public Options {
      helpers = Map.copyOf(helpers);
    }

    /// Where a partial's name means the same everywhere.
    public Options(Map<String, Helper> helpers, Function<String, @Nullable String> partials) {
      this(helpers, partials, (name, caller) -> name);
    }

    /// Only the helpers that are built in, and no partials.
    public static Options plain() {
      return new Options(Map.of(), name -> null);
    }

    /// These options with one helper more.
    public Options withHelper(String name, Helper helper) {
      Map<String, Helper> all = new LinkedHashMap<>(helpers);
      all.put(name, helper);
      return new Options(all, partials, names);
    }

    public Options withPartials(Function<String, @Nullable String> resolver) {
      return new Options(helpers, resolver, names);
    }
  }

  private final String source;
  private final Options options;
  private final HandlebarsNode.Program program;

  private Handlebars(String source, Options options, HandlebarsNode.Program program) {
    this.source = source;
    this.options = options;
    this.program = program;
  }

  /// Reads a template. Unknown helpers are found when it is rendered.
  ///
  /// @throws TemplateException with the range of what cannot be read
  public static Handlebars parse(String source, Options options) throws TemplateException {
    return Failure.told(() -> read(source, options, Meter.ofReading()));
  }

  /// Reads a template and renders it once, both for one fuel.
  ///
  /// @param data the variables that are written with `@`
  /// @throws TemplateException if the template cannot be read, fails, or the fuel runs out
  public static Rendering render(
      String source,
      Options options,
      Map<String, ? extends @Nullable Object> variables,
      Map<String, ? extends @Nullable Object> data,
      Fuel fuel)
      throws TemplateException {
    return Failure.told(() -> {
      Meter meter = new Meter(fuel);
      return read(source, options, meter).render(variables, data, meter);
    });
  }

  private static Handlebars read(String source, Options options, Meter meter) {
    return new Handlebars(source, options, Parser.parse(source, meter));
  }

  /// The template's syntax tree.
  public HandlebarsNode.Program program() {
    return program;
  }

  /// The names this template uses, for an editor.
  public Outline outline() {
    Set<String> helpers = new HashSet<>(Evaluator.BUILT_IN);
    helpers.addAll(options.helpers().keySet());
    return HandlebarsOutline.of(program, helpers);
  }

  public String source() {
    return source;
  }

  @Override
  public Rendering render(Map<String, ? extends @Nullable Object> variables, Fuel fuel)
      throws TemplateException {
    return render(variables, Map.of(), fuel);
  }

  /// The text of this template for some variables.
  ///
  /// @param data the variables that are written with `@`
  public Rendering render(
      Map<String, ? extends @Nullable Object> variables,
      Map<String, ? extends @Nullable Object> data,
      Fuel fuel)
      throws TemplateException {
    return Failure.told(() -> render(variables, data, new Meter(fuel)));
  }

  private Rendering render(
      Map<String, ? extends @Nullable Object> variables,
      Map<String, ? extends @Nullable Object> data,
      Meter meter) {
    return new Interpreter(options, meter).render(source, program, variables, data);
  }

  /// Whether JavaScript's `===` holds between two values that a helper was given.
  @SuppressWarnings("ReferenceEquality") // Maps and lists are equal only to themselves.
  public static boolean strictlyEqual(@Nullable Object a, @Nullable Object b) {
    if (a instanceof Number x && b instanceof Number y) {
      return x.doubleValue() == y.doubleValue();
    }
    return switch (a) {
      case String s -> s.equals(b);
      case Boolean c -> c.equals(b);
      case null, default -> a == b;
    };
  }
}
