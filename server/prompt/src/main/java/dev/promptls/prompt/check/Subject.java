package dev.promptls.prompt.check;

import dev.promptls.prompt.shots.Example;
import dev.promptls.prompt.shots.Shots;
import dev.promptls.prompt.syntax.MessageNode;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.Tag;
import dev.promptls.prompt.text.Blanks;
import dev.promptls.prompt.text.InOrder;
import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is checked: a file, its examples, and what is known around it. Keeps what several rules ask
/// of it, so that it is worked out once.
public final class Subject {
  private final PromptFile file;
  private final Shots shots;
  private final Surroundings surroundings;
  // Racing threads work out equal ones.
  private volatile @Nullable List<Tag> tags;
  private volatile @Nullable List<MessageNode> messages;
  private volatile @Nullable List<Example> examples;
  private volatile int @Nullable [] parents;
  private volatile @Nullable DataShape data;
  private volatile @Nullable Boolean blocks;
  private volatile @Nullable List<ExampleFacts> facts;
  private volatile @Nullable List<List<Example>> repeated;

  public Subject(PromptFile file, Shots shots, Surroundings surroundings) {
    this.file = file;
    this.shots = shots;
    this.surroundings = surroundings;
  }

  /// A file by itself.
  public static Subject of(PromptFile file) {
    return of(file, Surroundings.NONE);
  }

  public static Subject of(PromptFile file, Surroundings surroundings) {
    return new Subject(file, Shots.in(file), surroundings);
  }

  public PromptFile file() {
    return file;
  }

  public Shots shots() {
    return shots;
  }

  public Surroundings surroundings() {
    return surroundings;
  }

  String text() {
    return file.text();
  }

  /// The tags of the file, at the price of one pass for all rules.
  List<Tag> tags() {
    List<Tag> known = tags;
    if (known == null) {
      known = List.of(file.tags().toArray(new Tag[0]));
      tags = known;
    }
    return known;
  }

  List<MessageNode> messages() {
    List<MessageNode> known = messages;
    if (known == null) {
      known = List.of(file.messages().toArray(new MessageNode[0]));
      messages = known;
    }
    return known;
  }

  List<Example> examples() {
    List<Example> known = examples;
    if (known == null) {
      known = List.of(shots.examples().toArray(new Example[0]));
      examples = known;
    }
    return known;
  }

  /// The examples that ask the same as others: each list holds those of one question, in their
  /// order.
  List<List<Example>> repeated() {
    List<List<Example>> known = repeated;
    if (known == null) {
      known = Repeated.in(examples());
      repeated = known;
    }
    return known;
  }

  /// What is known of each example, in their order.
  List<ExampleFacts> facts() {
    List<ExampleFacts> known = facts;
    if (known == null) {
      known = facts(0, examples().size());
      facts = known;
    }
    return known;
  }

  /// Works out what is known of some examples.
  private List<ExampleFacts> facts(int from, int to) {
    return examples().subList(from, to).stream()
        .map(example -> ExampleFacts.of(example, text()))
        .toList();
  }

  /// Takes over what is known of the examples that an edit has left as they were.
  void keepFacts(Subject before, Kept kept) {
    List<ExampleFacts> old = before.facts();
    int size = examples().size();
    List<ExampleFacts> all = new ArrayList<>(size);
    all.addAll(old.subList(0, kept.before()));
    all.addAll(facts(kept.before(), size - kept.behind()));
    all.addAll(old.subList(old.size() - kept.behind(), old.size()));
    facts = Collections.unmodifiableList(all);
  }

  /// What is known of the values that the template reads.
  DataShape data() {
    DataShape known = data;
    if (known == null) {
      known = DataShape.of(file);
      data = known;
    }
    return known;
  }

  /// For each tag the index of the tag that opens the innermost closed block around it; -1 at the
  /// top.
  int[] parents() {
    int[] known = parents;
    if (known == null) {
      known = parents(tags());
      parents = known;
    }
    return known;
  }

  private static int[] parents(List<Tag> tags) {
    int[] parents = new int[tags.size()];
    int open = -1;
    for (int i = 0; i < parents.length; i++) {
      Tag tag = tags.get(i);
      Integer match = tag.match();
      if (tag.kind() == Tag.Kind.CLOSE && match != null) {
        open = parents[match];
      }
      parents[i] = open;
      if (tag.kind() == Tag.Kind.OPEN && match != null) {
        open = i;
      }
    }
    return parents;
  }

  /// The first tag that begins at or behind an offset.
  int tagFrom(int offset) {
    return InOrder.first(tags().size(), i -> tags().get(i).span().start() >= offset);
  }

  /// Whether a place is inside a closed block, so that it may be left out or repeated.
  boolean inBlock(int offset) {
    if (!hasBlocks()) {
      return false;
    }
    int next = tagFrom(offset);
    if (next < tags().size()) {
      Tag tag = tags().get(next);
      boolean closing = tag.kind() == Tag.Kind.CLOSE && tag.match() != null;
      return closing || parents()[next] >= 0;
    }
    return false;
  }

  /// Whether a stretch of the body can give text: something beside comments and blocks' own tags
  /// stands in it.
  boolean says(Span span) {
    int at = span.start();
    while (at < span.end() && Blanks.isBlank(text().charAt(at))) {
      at++;
    }
    if (at < span.end() && Character.isLetterOrDigit(text().charAt(at))) {
      // No tag begins with one.
      return true;
    }
    for (int i = tagFrom(at); i < tags().size(); i++) {
      Tag tag = tags().get(i);
      if (tag.span().start() >= span.end()) {
        break;
      }
      boolean prints = tag.kind() == Tag.Kind.EXPRESSION || tag.kind() == Tag.Kind.PARTIAL;
      int end = Math.max(at, tag.span().start());
      if (prints || !new Span(at, end).strip(text()).isEmpty()) {
        return true;
      }
      at = Math.max(at, tag.span().end());
    }
    return !new Span(at, Math.max(at, span.end())).strip(text()).isEmpty();
  }

  private boolean hasBlocks() {
    Boolean known = blocks;
    if (known == null) {
      known = tags().stream().anyMatch(tag -> tag.kind() == Tag.Kind.OPEN && tag.match() != null);
      blocks = known;
    }
    return known;
  }

  /// The front matter; empty at the start of the file if there is none.
  Span settings() {
    return file.frontMatter() == null ? Span.at(0) : file.frontMatter().span();
  }
}
