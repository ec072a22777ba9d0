package dev.promptls.prompt.render;

import dev.promptls.prompt.schema.SchemaException;
import dev.promptls.prompt.syntax.Format;
import dev.promptls.prompt.syntax.FrontMatter;
import dev.promptls.prompt.syntax.MessageNode;
import dev.promptls.prompt.syntax.Problem;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.Severity;
import dev.promptls.prompt.syntax.YamlNode;
import dev.promptls.prompt.text.ShiftedList;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import dev.promptls.template.FuelSpent;
import dev.promptls.template.TemplateException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tree and data to messages.
public final class Renderer {
  /// The first that renders a file's format.
  private static final List<FormatRenderer> RENDERERS =
      List.of(
          new DotpromptRenderer(),
          new PromptyRenderer(),
          new GithubRenderer(),
          new MarkdownRenderer(),
          new RecordRenderer(),
          new LiteralRenderer());

  private Renderer() {}

  /// What would be sent. Never throws for what is in the file: faults of the template and the
  /// schemas are problems of the result. Faults of the YAML are the file's: as the reference does,
  /// it is rendered without front matter then.
  public static RenderResult render(PromptFile file, RenderOptions options) {
    Draft draft = new Draft();
    try {
      draft.render(file, options);
    } catch (SchemaException e) {
      draft.problems.add(schemaProblem(file, e));
    } catch (TemplateException e) {
      draft.problems.add(templateProblem(file, e));
    }
    draft.problems.sort(Comparator.comparing(Problem::severity));
    return new RenderResult(file.format(), draft.messages, draft.metadata, draft.problems);
  }

  /// Why a prompt can be rendered with no fuel that is given to one; null if it can be, or fails
  /// for another reason.
  public static @Nullable FuelSpent spent(PromptFile file, RenderOptions options) {
    try {
      new Draft().render(file, options);
      return null;
    } catch (FuelSpent spent) {
      return spent;
    } catch (SchemaException | TemplateException other) {
      return null;
    }
  }

  /// What would be sent after some edits; null if that is not told by what would have been sent
  /// before them, and the file has to be rendered. Partials and data must be the same.
  ///
  /// @param old the file that was rendered
  /// @param edits one after the other
  /// @param now the file after them, read as it followed the old one
  public static @Nullable RenderResult after(
      RenderResult before, PromptFile old, List<TextEdit> edits, PromptFile now) {
    boolean follows = before.problems().isEmpty() && hasSameSettings(old, now);
    ShiftedList<Message> messages = follows ? ShiftedList.of(before.messages()) : null;
    for (TextEdit edit : edits) {
      messages = messages == null ? null : LiteralEdit.follow(messages, edit);
    }
    return messages == null
        ? null
        : new RenderResult(before.format(), messages, before.metadata(), List.of());
  }

  /// Whether the same settings stand before the template. What is not valid is part of it.
  @SuppressWarnings("ReferenceEquality") // What an edit leaves alone stays the same object.
  private static boolean hasSameSettings(PromptFile old, PromptFile now) {
    FrontMatter settings = now.frontMatter();
    return now.format() == Format.DOTPROMPT
        && old.format() == Format.DOTPROMPT
        && settings == old.frontMatter()
        && (settings == null || settings.valid());
  }

  /// The front matter as the format's reference loads it: for dotprompt, `renderMetadata` without
  /// `raw`.
  ///
  /// @throws SchemaException if a schema in it cannot be read
  public static Map<String, @Nullable Object> metadata(PromptFile file, RenderOptions options)
      throws SchemaException {
    return of(file).metadata(file, options, problem -> {});
  }

  /// Some of a file's messages as they stand, without data.
  public static RenderResult literal(PromptFile file, List<MessageNode> nodes) {
    List<Message> messages = LiteralRenderer.messages(file, nodes);
    return new RenderResult(file.format(), messages, Map.of(), List.of());
  }

  private static FormatRenderer of(PromptFile file) {
    for (FormatRenderer renderer : RENDERERS) {
      if (renderer.renders(file.format())) {
        return renderer;
      }
    }
    throw new IllegalStateException("Nothing renders " + file.format() + ".");
  }

  private static Problem templateProblem(PromptFile file, TemplateException fault) {
    return new Problem(
        "template-failed",
        TemplateFaults.span(file, fault),
        Severity.ERROR,
        String.valueOf(fault.getMessage()));
  }

  private static Problem schemaProblem(PromptFile file, SchemaException fault) {
    YamlNode node = null;
    for (String key : List.of("input", "output")) {
      YamlNode schema = file.at(key, "schema");
      YamlNode found = schema == null ? null : schema.at(fault.path().toArray(String[]::new));
      node = node == null ? found : node;
    }
    Span span = node == null ? Span.at(0) : node.span();
    return new Problem("invalid-schema", span, Severity.ERROR, String.valueOf(fault.getMessage()));
  }

  /// What would be sent, as far as it is known.
  private static final class Draft {
    private final List<Problem> problems = new ArrayList<>();
    private Map<String, @Nullable Object> metadata = Map.of();
    private List<Message> messages = List.of();

    void render(PromptFile file, RenderOptions options) throws SchemaException, TemplateException {
      FormatRenderer renderer = of(file);
      metadata = renderer.metadata(file, options, problems::add);
      if (problems.stream().noneMatch(problem -> problem.severity() == Severity.ERROR)) {
        messages = renderer.messages(file, options, metadata, problems::add);
      }
    }
  }
}
