package dev.promptls.lsp.feature;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.promptls.lsp.convert.Places;
import dev.promptls.lsp.session.Document;
import dev.promptls.prompt.shots.DataExamples;
import dev.promptls.prompt.shots.DataRows;
import dev.promptls.prompt.shots.Example;
import dev.promptls.prompt.shots.Shape;
import dev.promptls.prompt.shots.ShotEdit;
import dev.promptls.prompt.shots.ShotEdits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.WorkspaceEdit;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.jspecify.annotations.Nullable;

/// Code actions that change a prompt's examples. Where the client can ask for an action's edit
/// later, it is worked out then: each is tried on the whole text.
final class ExampleActions {
  private static final String REWRITE = "refactor.rewrite";
  private static final String EXTRACT = "refactor.extract";
  private static final String INLINE = "refactor.inline";
  private static final Gson GSON = new Gson();

  private ExampleActions() {}

  /// One thing to do.
  ///
  /// @param index of the example it is done to, -1 for all
  private record Offer(Work work, int index) {
    ShotEdit edit(Document document, Moment moment) {
      ShotEdits edits = ShotEdits.of(document.file(), document.shots());
      return switch (work) {
        case ADD -> edits.addPlaceholder(index < 0 ? edits.count() : index + 1);
        case REMOVE -> edits.remove(index);
        case UP -> edits.move(index, index - 1);
        case DOWN -> edits.move(index, index + 1);
        // Another order each time, and the same one for the same text.
        case SHUFFLE -> edits.shuffle(document.version());
        case BALANCE -> edits.balance();
        case EXTRACT -> edits.extract(RowsFile.beside(document).name()).edit();
        case INLINE -> inlined(edits, document, moment);
        case TO_LOOP, TO_MESSAGES, TO_BLOCKS -> edits.convert(work.shape);
      };
    }
  }

  private enum Work {
    ADD("Add example"),
    REMOVE("Remove this example"),
    UP("Move example up"),
    DOWN("Move example down"),
    SHUFFLE("Shuffle examples"),
    BALANCE("Balance labels"),
    EXTRACT("Extract examples to a data file"),
    INLINE("Write the rows of the data file into the prompt"),
    TO_LOOP("Convert examples to a loop over a list", Shape.LOOP),
    TO_MESSAGES("Convert examples to messages", Shape.MESSAGES),
    TO_BLOCKS("Convert examples to labelled blocks", Shape.BLOCKS);

    final String title;

    String kind() {
      return switch (this) {
        case EXTRACT -> ExampleActions.EXTRACT;
        case INLINE -> ExampleActions.INLINE;
        default -> REWRITE;
      };
    }

    /// What a conversion leads to.
    final Shape shape;

    Work(String title) {
      this(title, Shape.NONE);
    }

    Work(String title, Shape shape) {
      this.title = title;
      this.shape = shape;
    }
  }

  /// What can be done at an offset.
  ///
  /// @param only the kinds that are asked for, null for all
  static List<CodeAction> at(
      Document document, int offset, @Nullable List<String> only, Moment moment) {
    if (Stream.of(REWRITE, EXTRACT, INLINE).noneMatch(kind -> wanted(only, kind))) {
      return List.of();
    }
    boolean later = moment.client().has("textDocument.codeAction.resolveSupport");
    List<CodeAction> actions = new ArrayList<>();
    for (Offer offer : offers(document, offset, moment)) {
      String kind = offer.work().kind();
      if (!wanted(only, kind)) {
        continue;
      }
      CodeAction action = new CodeAction(offer.work().title);
      action.setKind(kind);
      if (later) {
        action.setData(data(document, offer));
        actions.add(action);
      } else if (offer.edit(document, moment) instanceof ShotEdit.Change change
          && !change.edits().isEmpty()) {
        action.setEdit(edit(document, offer, change, moment));
        actions.add(action);
      }
    }
    return actions;
  }

  private static boolean wanted(@Nullable List<String> only, String mine) {
    return only == null
        || only.isEmpty()
        || only.stream().anyMatch(kind -> kind.isEmpty() || (mine + ".").startsWith(kind + "."));
  }

  private static List<Offer> offers(Document document, int offset, Moment moment) {
    List<Offer> offers = new ArrayList<>();
    int count = document.shots().examples().size();
    int here = document.exampleAt(offset).map(Example::index).orElse(-1);
    offers.add(new Offer(Work.ADD, here));
    if (here >= 0) {
      offers.add(new Offer(Work.REMOVE, here));
    }
    if (here > 0) {
      offers.add(new Offer(Work.UP, here));
    }
    if (here >= 0 && here < count - 1) {
      offers.add(new Offer(Work.DOWN, here));
    }
    if (count > 1) {
      offers.add(new Offer(Work.SHUFFLE, -1));
      offers.add(new Offer(Work.BALANCE, -1));
    }
    if (count > 0 && RowsFile.canBeMade(document, moment)) {
      offers.add(new Offer(Work.EXTRACT, -1));
    }
    if (count > 0) {
      Shape shape = document.shots().shape();
      for (Work work : List.of(Work.TO_LOOP, Work.TO_MESSAGES, Work.TO_BLOCKS)) {
        if (work.shape != shape) {
          offers.add(new Offer(work, -1));
        }
      }
    }
    if (DataExamples.file(document.file()) != null) {
      return List.of(new Offer(Work.INLINE, -1));
    }
    return count == 0 && !ShotEdits.of(document.file(), document.shots()).takesExamples()
        ? List.of()
        : offers;
  }

  private static ShotEdit inlined(ShotEdits edits, Document document, Moment moment) {
    try {
      return edits.inline(DataExamples.rows(document.file(), moment.snapshot().rowTexts(document)));
    } catch (DataRows.UnreadableException e) {
      return new ShotEdit.Refused(String.valueOf(e.getMessage()));
    }
  }

  private static JsonObject data(Document document, Offer offer) {
    JsonObject data = new JsonObject();
    data.addProperty("uri", document.uri());
    data.addProperty("version", document.version());
    data.addProperty("examples", offer.work().name());
    data.addProperty("index", offer.index());
    return data;
  }

  /// `codeAction/resolve`: the action with its edit.
  static Object resolve(JsonElement given, Moment moment) throws ResponseErrorException {
    CodeAction action = GSON.fromJson(given, CodeAction.class);
    if (action == null || !(action.getData() instanceof JsonObject data) || !data.has("examples")) {
      return given;
    }
    String uri = data.get("uri").getAsString();
    Document document = moment.snapshot().document(new TextDocumentIdentifier(uri));
    if (document == null || document.version() != data.get("version").getAsInt()) {
      throw Refusals.outdated();
    }
    Offer offer =
        new Offer(Work.valueOf(data.get("examples").getAsString()), data.get("index").getAsInt());
    switch (offer.edit(document, moment)) {
      case ShotEdit.Change change -> action.setEdit(edit(document, offer, change, moment));
      case ShotEdit.Refused(String sentence) -> throw Refusals.failed(sentence);
    }
    return action;
  }

  private static WorkspaceEdit edit(
      Document document, Offer offer, ShotEdit.Change change, Moment moment) {
    Places places = moment.snapshot().places(document);
    List<TextEdit> edits =
        change.edits().stream()
            .map(edit -> new TextEdit(places.range(edit.span()), edit.replacement()))
            .toList();
    return offer.work() == Work.EXTRACT
        ? RowsFile.beside(document).edit(document, edits)
        : new WorkspaceEdit(Map.of(document.uri(), edits));
  }
}
