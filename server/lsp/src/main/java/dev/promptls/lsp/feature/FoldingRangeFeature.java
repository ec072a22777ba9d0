package dev.promptls.lsp.feature;

import dev.promptls.lsp.session.Document;
import dev.promptls.prompt.shots.Example;
import dev.promptls.prompt.syntax.FrontMatter;
import dev.promptls.prompt.syntax.MessageNode;
import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.lsp4j.FoldingRange;
import org.eclipse.lsp4j.FoldingRangeRequestParams;

/// `textDocument/foldingRange`: the front matter, messages and examples.
public final class FoldingRangeFeature implements Feature<FoldingRangeRequestParams> {
  @Override
  public List<FoldingRange> answer(FoldingRangeRequestParams params, Moment moment) {
    Document document = moment.snapshot().document(params.getTextDocument());
    if (document == null) {
      return List.of();
    }
    var ranges = new ArrayList<FoldingRange>();
    FrontMatter front = document.file().frontMatter();
    if (front != null) {
      add(ranges, document, front.span());
    }
    for (MessageNode message : document.file().messages()) {
      add(ranges, document, message.span());
    }
    for (Example example : document.shots().examples()) {
      add(ranges, document, example.range());
    }
    return ranges;
  }

  private static void add(List<FoldingRange> to, Document document, Span span) {
    Span shown = span.strip(document.text());
    int first = document.lines().line(shown.start());
    int last = document.lines().line(shown.end());
    if (last > first) {
      to.add(new FoldingRange(first, last));
    }
  }
}
