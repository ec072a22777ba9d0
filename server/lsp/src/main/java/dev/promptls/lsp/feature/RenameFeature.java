package dev.promptls.lsp.feature;

import dev.promptls.lsp.convert.Places;
import dev.promptls.prompt.text.TextEdit;
import dev.promptls.prompt.workspace.References;
import dev.promptls.prompt.workspace.Renamer;
import dev.promptls.prompt.workspace.Renaming;
import dev.promptls.prompt.workspace.Symbol;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.lsp4j.PrepareRenameParams;
import org.eclipse.lsp4j.PrepareRenameResult;
import org.eclipse.lsp4j.RenameParams;
import org.eclipse.lsp4j.WorkspaceEdit;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;
import org.jspecify.annotations.Nullable;

/// `textDocument/rename`: gives an input or a partial another name, in all files.
public final class RenameFeature implements Feature<RenameParams> {
  @Override
  public @Nullable WorkspaceEdit answer(RenameParams params, Moment moment) {
    Around around = Around.of(params.getTextDocument(), moment);
    Optional<References.Named> named =
        around == null ? Optional.empty() : around.named(params.getPosition());
    if (around == null || named.isEmpty()) {
      return null;
    }
    Symbol symbol = named.get().symbol();
    Renamer renamer = new Renamer(around.workspace(), around.sources());
    return switch (renamer.rename(symbol, params.getNewName())) {
      case Renaming.Refused refused -> throw refusal(refused.sentence());
      case Renaming.Edits edits -> edit(edits, around, moment);
    };
  }

  /// `textDocument/prepareRename`: what would be renamed; null if nothing can be.
  public static @Nullable PrepareRenameResult prepare(PrepareRenameParams params, Moment moment) {
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

  private static ResponseErrorException refusal(String sentence) {
    return new ResponseErrorException(
        new ResponseError(ResponseErrorCode.RequestFailed, sentence, null));
  }
}
