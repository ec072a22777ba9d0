package dev.promptls.lsp.feature;

import dev.promptls.lsp.convert.Places;
import dev.promptls.lsp.session.Snapshot;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.workspace.FactReader;
import dev.promptls.prompt.workspace.FileFacts;
import dev.promptls.prompt.workspace.FileFacts.NamedPlace;
import dev.promptls.prompt.workspace.FileNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.SymbolKind;
import org.eclipse.lsp4j.WorkspaceSymbol;
import org.eclipse.lsp4j.WorkspaceSymbolParams;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/// `workspace/symbol`: prompts, partials, inputs and sections whose names hold the letters asked
/// for, in that order.
public final class WorkspaceSymbolFeature implements Feature<WorkspaceSymbolParams> {
  private static final int MOST = 200;

  @Override
  public List<WorkspaceSymbol> answer(WorkspaceSymbolParams params, Moment moment) {
    String query = params.getQuery().toLowerCase(Locale.ROOT);
    List<FileFacts> files =
        new ArrayList<>(moment.snapshot().wholeWorkspace(moment.cancellation()).files());
    files.sort(Comparator.comparing(FileFacts::path));
    var symbols = new ArrayList<WorkspaceSymbol>();
    for (FileFacts file : files) {
      for (int i = 0; i < file.symbols().size() && symbols.size() < MOST; i++) {
        if (moment.cancellation().isCancelled()) {
          return List.of();
        }
        NamedPlace place = file.symbols().get(i);
        if (matches(place.name().toLowerCase(Locale.ROOT), query)) {
          symbols.add(symbol(file, place, moment.snapshot()));
        }
      }
    }
    return symbols;
  }

  /// Whether the letters of a query occur in a name, in their order.
  private static boolean matches(String name, String query) {
    int at = 0;
    for (int i = 0; i < query.length(); i++) {
      at = name.indexOf(query.charAt(i), at) + 1;
      if (at == 0) {
        return false;
      }
    }
    return true;
  }

  private static WorkspaceSymbol symbol(FileFacts facts, NamedPlace place, Snapshot snapshot) {
    PromptFile file = snapshot.sources(facts.path()).file(facts.path());
    Span span =
        file == null ? Span.at(0) : FactReader.find(place, file).orElseGet(() -> Span.at(0));
    var range =
        file == null
            ? new Range(new Position(0, 0), new Position(0, 0))
            : new Places(file.lines(), snapshot.encoding()).range(span);
    return new WorkspaceSymbol(
        place.name(),
        kind(place.kind()),
        Either.forLeft(new Location(snapshot.uri(facts.path()), range)),
        FileNames.name(facts.path()));
  }

  private static SymbolKind kind(NamedPlace.Kind kind) {
    return switch (kind) {
      case PROMPT -> SymbolKind.File;
      case PARTIAL -> SymbolKind.Module;
      case INPUT -> SymbolKind.Variable;
      case SECTION -> SymbolKind.Namespace;
    };
  }
}
