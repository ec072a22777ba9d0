package dev.promptls.prompt.shots;

import dev.promptls.prompt.syntax.MessageNode;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes turns of user and model as the turns that are there.
final class MessagesWriter implements ExampleWriter {
  private final MessagesLayout layout;
  private final String text;
  private final List<MessageNode> turns;

  MessagesWriter(MessagesLayout layout) {
    this.layout = layout;
    this.text = layout.file().text();
    this.turns = layout.turns();
  }

  private MessageNode user(int index) {
    return turns.get(2 * index);
  }

  private MessageNode model(int index) {
    return turns.get(2 * index + 1);
  }

  private int count() {
    return turns.size() / 2;
  }

  @Override
  public List<List<Span>> places() {
    List<List<Span>> places = new ArrayList<>();
    for (int i = 0; i < count(); i++) {
      places.add(List.of(said(user(i)), said(model(i))));
    }
    return places;
  }

  private Span said(MessageNode message) {
    return message.coding() == null ? message.content().strip(text) : message.content();
  }

  @Override
  public List<TextEdit> remove(Set<Integer> indices) throws UnwritableException {
    if (ListedTurns.are(layout.file())) {
      return indices.stream().sorted().map(i -> listed().without(2 * i)).toList();
    }
    refuseCoded();
    List<TextEdit> edits = new ArrayList<>();
    boolean headless = user(0).implied();
    for (int i = 0; i < count(); i++) {
      if (!indices.contains(i)) {
        headless = false;
      } else if (headless) {
        // The next message takes the place of the one that needs no role.
        MessageNode next = i + 1 < count() ? user(i + 1) : layout.query();
        edits.add(new TextEdit(new Span(user(i).content().start(), next.content().start()), ""));
      } else {
        edits.add(new TextEdit(user(i).span().union(model(i).span()), ""));
      }
    }
    return edits;
  }

  @Override
  public List<TextEdit> insert(int at, Row row) throws UnwritableException {
    int like = Math.min(at, count() - 1);
    List<String> said = content(row);
    if (ListedTurns.are(layout.file())) {
      return List.of(listed().before(2 * at, 2 * like, said.get(0), said.get(1)));
    }
    refuseCoded();
    MessageNode user = user(like);
    MessageNode model = model(like);
    String turn = around(user, said.get(0)) + marker(model) + around(model, said.get(1));
    if (at == 0 && user.implied()) {
      // The new turn goes without a role, and the one that did so far gets it.
      return List.of(new TextEdit(Span.at(user.content().start()), turn + marker(layout.query())));
    }
    int place = at < count() ? user(at).span().start() : layout.query().span().start();
    String head = user.implied() ? marker(layout.query()) : marker(user);
    return List.of(new TextEdit(Span.at(place), head + turn));
  }

  private ListedTurns listed() {
    List<MessageNode> all = new ArrayList<>(turns);
    all.add(layout.query());
    return new ListedTurns(layout.file(), all);
  }

  private String marker(MessageNode message) {
    return text.substring(message.span().start(), message.content().start());
  }

  /// A text with the white space that another message has around its own.
  private String around(MessageNode like, String said) {
    Span content = like.content();
    Span inner = content.strip(text);
    if (inner.isEmpty()) {
      return content.of(text) + said;
    }
    String eol = text.contains("\r\n") ? "\r\n" : "\n";
    return text.substring(content.start(), inner.start())
        + said.replace("\n", eol)
        + text.substring(inner.end(), content.end());
  }

  private void refuseCoded() throws UnwritableException {
    if (turns.stream().anyMatch(turn -> turn.coding() != null)) {
      throw new UnwritableException(
          "The messages of this file are values of its YAML or JSON; add and remove them there.");
    }
  }

  @Override
  public List<String> content(int index) {
    return List.of(Row.normal(user(index).said(text)), Row.normal(model(index).said(text)));
  }

  @Override
  public List<String> content(Row given) throws UnwritableException {
    Row row = given.normal();
    String user = row.input("user", true);
    if (user == null) {
      throw new UnwritableException(
          "An example written as messages needs one input, for the user's message.");
    }
    return List.of(user, Reasoning.joined(row, like()));
  }

  private @Nullable String like() {
    for (int i = 0; i < count(); i++) {
      Span content = model(i).content();
      if (model(i).coding() == null && Reasoning.split(text, content).reasoning() != null) {
        return content.strip(text).of(text);
      }
    }
    return null;
  }
}
