package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.LineIndex;
import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads VS Code's prompt, instruction, agent and skill files: front matter and Markdown. The body
/// is one message. Where the parts are cut follows VS Code (`promptFileParser.ts`).
final class MarkdownReader implements FormatReader {
  @Override
  public Format format() {
    return Format.MARKDOWN;
  }

  @Override
  public boolean claimsContent(String name, String text) {
    return false;
  }

  @Override
  public boolean claimsName(String name) {
    return name.endsWith(".md");
  }

  @Override
  public PromptFile read(String name, LineIndex lines) {
    String text = lines.text();
    List<Problem> problems = new ArrayList<>();
    FrontMatter frontMatter = frontMatter(lines, problems);
    int start = frontMatter == null ? 0 : lines.lineStart(lines.line(frontMatter.span().end()) + 1);
    Span body = new Span(start, text.length());
    List<EditorVariables.Variable> variables = EditorVariables.find(text, body);
    boolean silent = body.strip(text).isEmpty();
    String role = MarkdownKind.of(name).role();
    return new PromptFile(
        name,
        format(),
        lines,
        frontMatter,
        body,
        body,
        silent ? List.of() : List.of(new MessageNode(role, null, body, body)),
        List.of(),
        variables.stream().map(EditorVariables.Variable::use).toList(),
        inputs(variables),
        MarkdownLinks.find(text, body),
        problems);
  }

  /// Between a first line `---` and the next; without the next, all of the file.
  private static @Nullable FrontMatter frontMatter(LineIndex lines, List<Problem> problems) {
    String text = lines.text();
    int start = text.startsWith("\uFEFF") ? 1 : 0;
    if (!isFence(lines, 0, start)) {
      return null;
    }
    int closing = 1;
    while (closing < lines.lineCount() && !isFence(lines, closing, lines.lineStart(closing))) {
      closing++;
    }
    Span content = new Span(lines.lineStart(1), lines.lineStart(closing));
    YamlReader.Result yaml = YamlReader.read(text, content, FrontMatterReader.MAX_LENGTH);
    problems.addAll(yaml.problems());
    boolean valid = problems.isEmpty();
    int end = lines.lineStart(closing) + 3;
    if (closing >= lines.lineCount()) {
      Span opening = new Span(start, start + 3);
      String message = "This front matter is not closed; end it with a line ---.";
      problems.add(YamlReader.error("front-matter-unclosed", opening, message));
      end = text.length();
    }
    YamlNode.Mapping root = yaml.root() instanceof YamlNode.Mapping mapping ? mapping : null;
    return new FrontMatter(new Span(start, end), content, root, valid);
  }

  private static boolean isFence(LineIndex lines, int line, int start) {
    String text = lines.text();
    return text.startsWith("---", start)
        && new Span(start + 3, lines.lineEnd(line)).strip(text).isEmpty();
  }

  /// Inputs are declared where they stand; the first place that shows a placeholder explains them.
  private static List<InputDeclaration> inputs(List<EditorVariables.Variable> variables) {
    Map<String, InputDeclaration> inputs = new LinkedHashMap<>();
    for (EditorVariables.Variable variable : variables) {
      InputDeclaration known = inputs.get(variable.name());
      boolean better = known == null || known.description().isEmpty();
      if (variable.input() && better) {
        inputs.put(
            variable.name(),
            new InputDeclaration(
                variable.name(),
                "string",
                variable.placeholder(),
                true,
                false,
                null,
                known == null ? variable.nameSpan() : known.span(),
                null));
      }
    }
    return List.copyOf(inputs.values());
  }
}
