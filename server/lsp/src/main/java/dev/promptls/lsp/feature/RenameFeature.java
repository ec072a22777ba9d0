package dev.promptls.lsp.feature;

import dev.promptls.lsp.convert.Places;
import dev.promptls.lsp.session.Document;
import dev.promptls.prompt.shots.LabelRename;
import dev.promptls.prompt.shots.ShotEdit;
import dev.promptls.prompt.text.TextEdit;
import dev.promptls.prompt.workspace.References;
import dev.promptls.prompt.workspace.Renamer;
import dev.promptls.prompt.workspace.Renaming;
import dev.promptls.prompt.workspace.Symbol;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.PrepareRenameParams;
import org.eclipse.lsp4j.PrepareRenameResult;
import org.eclipse.lsp4j.RenameParams;
import org.eclipse.lsp4j.WorkspaceEdit;
import org.jspecify.annotations.Nullable;

/// `textDocument/rename`: gives an input or a partial another name, in all files; or a label, in
/// all examples.
public final class RenameFeature implements Feature<RenameParams> {
  @Override
  public @Nullable WorkspaceEdit answer(RenameParams params, Moment moment) {
    Document document = moment.snapshot().document(params.getTextDocument());
    LabelRename label = label(document, params.getPosition(), moment);
    if (document != null && label != null) {
      return edit(label.to(params.getNewName()), document, moment);
    }
    Around around = Around.of(params.getTextDocument(), moment);
    Optional<References.Named> named =
        around == null ? Optional.empty() : around.named(params.getPosition());
    if (around == null || named.isEmpty()) {
      return null;
    }
    Symbol symbol = named.get().symbol();
    Renamer renamer = new Renamer(around.workspace(), around.sources());
    return switch (renamer.rename(symbol, params.getNewName())) {
      case Renaming.Refused refused -> throw Refusals.failed(refused.sentence());
      case Renaming.Edits edits -> edit(edits, around, moment);
    };
  }

  /// `textDocument/prepareRename`: what would be renamed; null if nothing can be.
  public static @Nullable PrepareRenameResult prepare(PrepareRenameParams params, Moment moment) {
    Document document = moment.snapshot().document(params.getTextDocument());
    LabelRename label = label(document, params.getPosition(), moment);
    if (document != null && label != null) {
      return new PrepareRenameResult(
          moment.snapshot().places(document).range(label.span()), label.name());
    }
    Around around = Around.of(params.getTextDocument(), moment);
    return around == null
        ? null
        : around
            .named(params.getPosition())
            .filter(named ->
                new Renamer(around.workspace(), around.sources()).canRename(named.symbol()))
            .map(named ->
                new PrepareRenameResult(around.places().range(named.span()), named.symbol().name()))
            .orElse(null);
  }

  /// The label of examples at a position.
  static @Nullable LabelRename label(
      @Nullable Document document, Position position, Moment moment) {
    return document == null
        ? null
        : LabelRename.at(
            document.file(), document.shots(), moment.snapshot().places(document).offset(position));
  }

  private static WorkspaceEdit edit(ShotEdit renamed, Document document, Moment moment) {
    return switch (renamed) {
      case ShotEdit.Refused(String sentence) -> throw Refusals.failed(sentence);
      case ShotEdit.Change change -> {
        var builder = new WorkspaceEdits(moment);
        builder.edit(document.uri(), change.edits(), moment.snapshot().places(document));
        yield builder.build();
      }
    };
  }

  /// Edits of files and the moves after them, as far as the client can be asked for these.
  static WorkspaceEdit edit(Renaming.Edits edits, Around around, Moment moment) {
    var builder = new WorkspaceEdits(moment);
    for (Map.Entry<String, List<TextEdit>> entry : edits.edits().entrySet()) {
      Places places = around.places(entry.getKey());
      if (places != null) {
        builder.edit(around.uri(entry.getKey()), entry.getValue(), places);
      }
    }
    edits.moves().forEach(move -> builder.move(around.uri(move.from()), around.uri(move.to())));
    return builder.build();
  }
}
