package dev.promptls.prompt.shots;

import dev.promptls.prompt.render.RenderOptions;
import dev.promptls.prompt.render.RenderResult;
import dev.promptls.prompt.syntax.Format;
import dev.promptls.prompt.syntax.MessageNode;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.PromptReader;
import dev.promptls.prompt.text.Edits;
import dev.promptls.prompt.text.LineIndex;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Blocks inside one quoted string of YAML or JSON, whose line breaks are written as escapes. They
/// are recognised in what the string says, as in a text of its own, and found again in the file.
///
/// @param message whose content the string is
/// @param said the blocks in what it says
/// @param question the last user message, if the examples stand in another one before it
/// @param examples with their places in the file
record CodedLayout(
    PromptFile file,
    MessageNode message,
    BlocksLayout said,
    @Nullable MessageNode question,
    List<Example> examples)
    implements Layout {
  static @Nullable CodedLayout find(PromptFile file) {
    List<MessageNode> messages = file.messages();
    for (int i = messages.size() - 1; i >= 0; i--) {
      MessageNode message = messages.get(i);
      BlocksLayout said =
          Quoted.is(message, file.text()) ? blocks(message.said(file.text())) : null;
      if (said != null) {
        MessageNode last = messages.getLast();
        boolean elsewhere =
            i < messages.size() - 1 && said.blocks().query() == null && last.role().equals("user");
        List<Example> examples =
            said.examples().stream().map(example -> placed(example, message)).toList();
        return new CodedLayout(file, message, said, elsewhere ? last : null, examples);
      }
    }
    return null;
  }

  private static @Nullable BlocksLayout blocks(String said) {
    if (said.indexOf('\n') < 0) {
      return null;
    }
    PromptFile text = PromptReader.read("said", LineIndex.of(said), Format.TEXT);
    return BlocksLayout.find(text, Labels.of(text.lines()));
  }

  private static Example placed(Example example, MessageNode message) {
    return new Example(
        example.index(),
        example.shape(),
        example.inputs(),
        example.output(),
        example.reasoning(),
        source(message, example.range()),
        source(message, example.outputRange()),
        example.text());
  }

  /// Where a stretch of what is said stands in the file.
  Span source(Span stretch) {
    return source(message, stretch);
  }

  private static Span source(MessageNode message, Span stretch) {
    boolean atEnd = stretch.isEmpty() && stretch.start() > 0;
    // Behind what is before it, which may be an escape that ends the string.
    return atEnd
        ? Span.at(message.source(new Span(stretch.start() - 1, stretch.start())).end())
        : message.source(stretch);
  }

  /// Edits of what is said as edits of the file.
  List<TextEdit> written(List<TextEdit> edits) {
    List<TextEdit> written = new ArrayList<>();
    for (TextEdit edit : edits) {
      String quoted = Quoted.text(file, edit.replacement());
      written.add(new TextEdit(source(edit.span()), quoted.substring(1, quoted.length() - 1)));
    }
    return written;
  }

  @Override
  public Shape shape() {
    return said.shape();
  }

  @Override
  public List<ExamplePart> parts(Span region) {
    List<ExamplePart> parts = new ArrayList<>();
    if (region.overlaps(message.content())) {
      for (ExamplePart part : said.parts(new Span(0, said.file().text().length()))) {
        parts.add(new ExamplePart(part.kind(), source(part.span())));
      }
    }
    return parts;
  }

  @Override
  public String separator() {
    return said.separator();
  }

  @Override
  public List<String> stop() {
    return said.stop();
  }

  @Override
  public RenderResult render(List<Integer> shown, @Nullable Example asked, RenderOptions options) {
    Block block = asked == null ? null : said.blocks().examples().get(asked.index());
    List<TextEdit> edits = said.edits(shown, question == null ? block : null);
    String text = Edits.apply(said.file().text(), edits);
    List<TextEdit> all = new ArrayList<>();
    all.add(new TextEdit(message.content(), Quoted.text(file, text)));
    if (question != null && block != null) {
      Span place = question.content().strip(file.text());
      String before = question.said(file.text());
      boolean labelled = Label.at(before, new Span(0, before.length()).strip(before)) != null;
      all.add(new TextEdit(place, Quoted.text(file, said.asking(block, labelled))));
    }
    return EditedPrompt.render(file, all, options);
  }
}
