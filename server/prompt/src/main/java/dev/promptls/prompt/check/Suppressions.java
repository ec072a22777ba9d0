package dev.promptls.prompt.check;

import dev.promptls.prompt.syntax.Format;
import dev.promptls.prompt.syntax.FrontMatter;
import dev.promptls.prompt.syntax.MessageNode;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.Tag;
import dev.promptls.prompt.text.InOrder;
import dev.promptls.prompt.text.LineIndex;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Which findings the comments of a file silence, and which of these comments say nothing.
final class Suppressions {
  private final PromptFile file;
  private final List<Directive> directives;
  private final Set<Directive.Word> usedWords = new HashSet<>();
  private final Set<Directive> usedDirectives = new HashSet<>();

  /// @param written all that look like directives
  Suppressions(PromptFile file, List<Directive> written) {
    this.file = file;
    this.directives = written.stream().filter(d -> isComment(file, d)).toList();
  }

  List<Directive> directives() {
    return directives;
  }

  /// Whether a word of a directive silenced something.
  boolean used(Directive.Word word) {
    return usedWords.contains(word);
  }

  /// Whether a directive without codes silenced something.
  boolean used(Directive directive) {
    return usedDirectives.contains(directive);
  }

  /// The findings that are not silenced.
  List<Finding> heard(List<Finding> findings) {
    if (directives.isEmpty()) {
      return findings;
    }
    List<Finding> heard = new ArrayList<>();
    for (Finding finding : findings) {
      if (!silences(finding)) {
        heard.add(finding);
      }
    }
    return heard;
  }

  private boolean silences(Finding finding) {
    LineIndex lines = file.lines();
    int line = lines.line(finding.span().start());
    boolean silenced = false;
    for (Directive directive : directives) {
      int own = lines.line(directive.span().start());
      boolean reaches =
          switch (directive.reach()) {
            case LINE -> line == own;
            case NEXT_LINE -> line == own + 1;
            case FILE -> true;
          };
      if (reaches && directive.codes().isEmpty()) {
        usedDirectives.add(directive);
        silenced = true;
      }
      for (Directive.Word word : directive.codes()) {
        if (reaches && word.code().equals(finding.code())) {
          usedWords.add(word);
          silenced = true;
        }
      }
    }
    return silenced;
  }

  /// Whether the text of a directive is a comment where it stands.
  private static boolean isComment(PromptFile file, Directive directive) {
    int at = directive.span().start();
    return switch (directive.style()) {
      case HANDLEBARS, LONG_HANDLEBARS, TRIMMED_HANDLEBARS, JINJA -> isCommentTag(file, at);
      case YAML -> inYaml(file, at);
      case MARKUP ->
          (file.format() == Format.MARKDOWN || file.format() == Format.POML)
              && file.body().contains(at);
    };
  }

  private static boolean isCommentTag(PromptFile file, int at) {
    List<Tag> tags = file.tags();
    int first = InOrder.first(tags.size(), i -> tags.get(i).span().start() >= at);
    return first < tags.size()
        && tags.get(first).span().start() == at
        && tags.get(first).kind() == Tag.Kind.COMMENT;
  }

  private static boolean inYaml(PromptFile file, int at) {
    FrontMatter frontMatter = file.frontMatter();
    if (frontMatter == null || at >= frontMatter.span().end()) {
      return false;
    }
    for (MessageNode message : file.messages()) {
      if (message.content().contains(at)) {
        return false;
      }
      if (message.span().start() > at) {
        break;
      }
    }
    return true;
  }
}
