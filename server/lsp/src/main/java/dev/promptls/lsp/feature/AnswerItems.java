package dev.promptls.lsp.feature;

import dev.promptls.lsp.feature.CompletionFeature.Spot;
import dev.promptls.prompt.shots.Example;
import dev.promptls.prompt.shots.ExamplePart;
import dev.promptls.prompt.syntax.FrontMatter;
import dev.promptls.prompt.syntax.MessageNode;
import dev.promptls.prompt.text.LineIndex;
import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionItemKind;
import org.jspecify.annotations.Nullable;

/// Where the answer of an example is being written: the answers given so far.
final class AnswerItems {
  private static final int LONGEST = 40;

  /// What stands between a key and its value.
  private static final Pattern KEY = Pattern.compile("([\\w.-]+)[\"']?\\s*:\\s*[\"']?$");

  /// What means the same in YAML without quotes.
  private static final Pattern PLAIN = Pattern.compile("\\w[\\w .'/+-]*");

  private AnswerItems() {}

  static List<CompletionItem> at(Spot spot) {
    List<Example> examples = spot.document().shots().examples();
    String before = examples.isEmpty() ? null : typed(spot, examples);
    if (before == null) {
      return List.of();
    }
    String typed = before.stripLeading();
    boolean gap = before.isEmpty() && spot.before().matches(".*(?:[:>]|\\p{Punct}{2})");
    var items = new ArrayList<CompletionItem>();
    answers(spot, examples)
        .forEach((answer, times) -> {
          String text = gap ? " " + answer : answer;
          CompletionItem item =
              Items.item(spot, typed.length(), answer, CompletionItemKind.Value, text, false);
          item.setDetail(times == 1 ? "answer of an example" : "answer of " + times + " examples");
          items.add(item);
        });
    return Items.inOrder(Items.FIRST, items);
  }

  /// What is written of the answer, with white space before it; null where none is being written.
  private static @Nullable String typed(Spot spot, List<Example> examples) {
    return switch (spot.document().shots().shape()) {
      case BLOCKS -> behindLabel(spot, examples.getFirst());
      case MESSAGES -> inMessage(spot);
      case LOOP -> behindKey(spot, examples);
      case NONE -> null;
    };
  }

  private static @Nullable String behindLabel(Spot spot, Example example) {
    String text = spot.document().text();
    Span label =
        spot.document().shots().parts(example.range()).stream()
            .filter(part -> part.kind() == ExamplePart.Kind.LABEL)
            .map(ExamplePart::span)
            .filter(span -> span.end() <= example.outputRange().start())
            .reduce((_, last) -> last)
            .orElse(null);
    if (label == null || !text.substring(label.end(), example.outputRange().start()).isBlank()) {
      return null;
    }
    LineIndex lines = spot.document().lines();
    Span lead = new Span(lines.lineStart(lines.line(label.start())), label.start());
    int at = spot.before().lastIndexOf(label.of(text));
    boolean begins = at >= 0 && spot.before().substring(0, at).isBlank();
    return at >= 0 && begins == lead.of(text).isBlank()
        ? spot.before().substring(at + label.length())
        : null;
  }

  /// In the first line of what a model says.
  private static @Nullable String inMessage(Spot spot) {
    MessageNode message = spot.document().file().messageAt(spot.offset());
    if (message == null
        || !(message.role().equals("model") || message.role().equals("assistant"))
        || !message.content().touches(spot.offset())) {
      return null;
    }
    String said = new Span(message.content().start(), spot.offset()).of(spot.document().text());
    String begun = said.stripLeading();
    return begun.indexOf('\n') < 0 ? begun : null;
  }

  /// Behind the key of the answers, among the items of the list.
  private static @Nullable String behindKey(Spot spot, List<Example> examples) {
    LineIndex lines = spot.document().lines();
    int line = lines.line(spot.offset());
    boolean among =
        line >= lines.line(examples.getFirst().range().start())
            && line <= lines.line(examples.getLast().range().end()) + 1;
    int answer = examples.getFirst().outputRange().start();
    Matcher key =
        KEY.matcher(new Span(lines.lineStart(lines.line(answer)), answer).of(lines.text()));
    if (!among || !key.find()) {
      return null;
    }
    Matcher here =
        Pattern.compile("(?:^|[{,\\s-])[\"']?" + Pattern.quote(key.group(1)) + "[\"']?\\s*:(.*)$")
            .matcher(spot.before());
    if (!here.find()) {
      return null;
    }
    String typed = here.group(1);
    return typed.matches("\\s*[\"'].*") ? typed.stripLeading().substring(1) : typed;
  }

  /// With how many examples have each.
  private static Map<String, Integer> answers(Spot spot, List<Example> examples) {
    var answers = new LinkedHashMap<String, Integer>();
    FrontMatter front = spot.document().file().frontMatter();
    boolean plain = front != null && front.span().touches(spot.offset());
    for (Example example : examples) {
      String answer = example.output().strip();
      boolean itself = example.outputRange().touches(spot.offset());
      boolean fits = !answer.isEmpty() && answer.length() <= LONGEST && answer.indexOf('\n') < 0;
      if (fits && !itself && (!plain || PLAIN.matcher(answer).matches())) {
        answers.merge(answer, 1, Integer::sum);
      }
    }
    return answers;
  }
}
