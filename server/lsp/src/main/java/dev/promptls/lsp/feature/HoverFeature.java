package dev.promptls.lsp.feature;

import dev.promptls.lab.run.RunResult;
import dev.promptls.lsp.convert.Markdown;
import dev.promptls.lsp.convert.Places;
import dev.promptls.lsp.session.Answer;
import dev.promptls.lsp.session.Document;
import dev.promptls.lsp.session.TokenCounts;
import dev.promptls.prompt.shots.Example;
import dev.promptls.prompt.syntax.FrontMatter;
import dev.promptls.prompt.syntax.MessageNode;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.Section;
import dev.promptls.prompt.syntax.Tag;
import dev.promptls.prompt.text.InOrder;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.vocabulary.KeyInfo;
import dev.promptls.prompt.vocabulary.Vocabulary;
import dev.promptls.prompt.workspace.References;
import dev.promptls.prompt.workspace.Symbol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.HoverParams;
import org.jspecify.annotations.Nullable;

/// `textDocument/hover`: what a place costs, and what it means.
public final class HoverFeature implements Feature<HoverParams> {
  @Override
  public @Nullable Object answer(HoverParams params, Moment moment) {
    Document document = moment.snapshot().document(params.getTextDocument());
    if (document == null) {
      return null;
    }
    Places places = moment.snapshot().places(document);
    int offset = places.offset(params.getPosition());
    Finding finding = at(document, offset, moment);
    return finding == null
        ? null
        : new Hover(Markdown.content(finding.markdown()), places.range(finding.range()));
  }

  /// What is found under the cursor.
  private record Finding(Span range, String markdown) {}

  private static @Nullable Finding at(Document document, int offset, Moment moment) {
    PromptFile file = document.file();
    Tag tag = tagAt(file, offset);
    if (tag != null) {
      return tag(document, tag, offset, moment);
    }
    Finding variable = variable(document, offset, moment);
    if (variable != null) {
      return variable;
    }
    Optional<Example> example = document.exampleAt(offset);
    if (example.isPresent()) {
      return example(document, example.get(), offset, moment);
    }
    FrontMatter front = file.frontMatter();
    MessageNode message = file.messageAt(offset);
    // In a file that is all settings, what is said stands among them.
    boolean said = message != null && message.content().touches(offset);
    if (front != null && front.span().touches(offset) && !said) {
      return frontMatter(document, front, offset, moment);
    }
    if (message == null) {
      return null;
    }
    Finding section = section(document, offset, moment);
    return section == null ? message(document, message, offset, moment) : section;
  }

  /// The section whose heading is at an offset.
  private static @Nullable Finding section(Document document, int offset, Moment moment) {
    Span line = document.lines().lineSpan(document.lines().line(offset));
    if (!line.strip(document.text()).of(document.text()).startsWith("#")) {
      return null;
    }
    for (Section section : Section.in(document.file())) {
      if (section.heading().touches(offset)) {
        String said = section.span().of(document.text()).strip();
        String cost = tokens(document, moment, counts -> counts.of(said));
        return new Finding(section.span(), cost + "\n\nSection `" + section.name() + "`");
      }
    }
    return null;
  }

  private static @Nullable Tag tagAt(PromptFile file, int offset) {
    int first = InOrder.firstEndingFrom(file.tags(), offset + 1, Tag::span);
    Tag tag = first < file.tags().size() ? file.tags().get(first) : null;
    return tag != null && tag.span().start() < offset ? tag : null;
  }

  private static @Nullable Finding variable(Document document, int offset, Moment moment) {
    return document.file().variables().stream()
        .filter(use -> use.span().touches(offset))
        .findFirst()
        .map(use -> new Finding(use.span(), VariableText.of(use, document, moment)))
        .orElse(null);
  }

  private static @Nullable Finding tag(Document document, Tag tag, int offset, Moment moment) {
    PromptFile file = document.file();
    Finding variable = variable(document, offset, moment);
    if (variable != null) {
      return variable;
    }
    if (tag.kind() == Tag.Kind.PARTIAL) {
      return partial(document, offset, moment);
    }
    KeyInfo helper = Vocabulary.helper(file.format(), tag.name());
    String meaning = helper == null ? "" : KeyText.of(helper);
    if (tag.name().equals("role")) {
      KeyInfo role = Vocabulary.role(file.format(), tag.first());
      meaning = role == null ? meaning : KeyText.of(role);
      MessageNode message = file.messageAt(tag.span().end());
      if (message != null) {
        return new Finding(tag.span(), count(document, message, moment) + "\n\n" + meaning);
      }
    }
    return meaning.isEmpty() ? null : new Finding(tag.span(), meaning);
  }

  /// The partial whose name is at an offset, or what it is given there.
  private static @Nullable Finding partial(Document document, int offset, Moment moment) {
    Around around = Around.atOnce(document, moment);
    References.Named named =
        around.references().at(around.path(), document.file(), offset).orElse(null);
    String path =
        switch (named == null ? null : named.symbol()) {
          case Symbol.File(String file) -> file;
          case Symbol.Input(String file, List<String> _) -> file;
          case null -> null;
        };
    PromptFile partial = path == null ? null : around.sources().file(path);
    if (named == null || partial == null) {
      return null;
    }
    return new Finding(
        named.span(),
        named.symbol() instanceof Symbol.Input
            ? PartialText.of(partial, named.symbol().name())
            : PartialText.of(partial));
  }

  private static Finding example(Document document, Example example, int offset, Moment moment) {
    TokenCounts counts = moment.counts(document);
    var text = new ArrayList<String>();
    text.add(tokens(document, moment, each -> each.of(example.text())));
    text.add(
        "Example %d of %d%s"
            .formatted(
                example.index() + 1,
                document.shots().examples().size(),
                example.hasReasoning() ? ", with reasoning" : ""));
    WordText.at(document, offset, counts).ifPresent(text::add);
    WordText.surprisal(document, offset, moment.snapshot()).ifPresent(text::add);
    var answer = moment.snapshot().results(document).of(example);
    if (answer != null) {
      text.add(ResultText.whole(answer.result(), answer.stale()));
    }
    return new Finding(example.range(), String.join("\n\n", text));
  }

  private static Finding message(
      Document document, MessageNode message, int offset, Moment moment) {
    var text = new ArrayList<String>();
    text.add(count(document, message, moment));
    if (message.content().touches(offset)) {
      WordText.at(document, offset, moment.counts(document)).ifPresent(text::add);
      WordText.surprisal(document, offset, moment.snapshot()).ifPresent(text::add);
    }
    List<MessageNode> messages = document.file().messages();
    Answer<RunResult> run = moment.snapshot().results(document).run();
    if (run != null && message.equals(messages.getLast())) {
      text.add(ResultText.whole(run.result(), run.stale()));
    }
    return new Finding(message.span(), String.join("\n\n", text));
  }

  /// What a stretch costs, with each of the tokenizers.
  private static String tokens(
      Document document, Moment moment, ToIntFunction<TokenCounts> stretch) {
    TokenCounts counts = moment.counts(document);
    String beside = Shares.beside(moment.countsBeside(document), stretch);
    String line = Shares.line(stretch.applyAsInt(counts), counts);
    return beside.isEmpty() ? line : line + "\n\n" + beside;
  }

  private static String count(Document document, MessageNode message, Moment moment) {
    return tokens(document, moment, counts -> counts.of(message))
        + "\n\nMessage of `"
        + message.role()
        + "`";
  }

  private static Finding frontMatter(
      Document document, FrontMatter front, int offset, Moment moment) {
    Optional<YamlPath> key = YamlPath.at(front, offset).filter(path -> path.isKeyAt(offset));
    if (key.isPresent()) {
      String meaning = KeyText.at(key.get(), document, moment);
      if (!meaning.isEmpty()) {
        return new Finding(key.get().keySpan(), meaning);
      }
    }
    String text = front.span().of(document.text());
    return new Finding(
        front.span(),
        tokens(document, moment, counts -> counts.of(text))
            + "\n\nFront matter: settings of the prompt, which are not sent.");
  }
}
