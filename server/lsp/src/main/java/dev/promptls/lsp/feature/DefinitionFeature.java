package dev.promptls.lsp.feature;

import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.workspace.Symbol;
import java.util.List;
import org.eclipse.lsp4j.DefinitionParams;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;

/// `textDocument/definition`: from the name of a partial or a link to the file, from a variable to
/// where it is declared, else to where it is given a value.
public final class DefinitionFeature implements Feature<DefinitionParams> {
  @Override
  public List<Location> answer(DefinitionParams params, Moment moment) {
    Around around = Around.of(params.getTextDocument(), moment);
    return around == null
        ? List.of()
        : around
            .named(params.getPosition())
            .map(named -> declaration(named.symbol(), around))
            .orElse(List.of());
  }

  static List<Location> declaration(Symbol symbol, Around around) {
    return switch (symbol) {
      case Symbol.File file -> file(file.path(), around);
      case Symbol.Input input -> around.locations(around.references().declarations(input));
    };
  }

  private static List<Location> file(String path, Around around) {
    if (around.workspace().file(path) != null || around.sources().text(path) != null) {
      return around
          .location(path, Span.at(0))
          .map(List::of)
          .orElseGet(() -> List.of(start(path, around)));
    }
    // Pictures and the like are opened by the editor; that they are there is all we look at.
    return around.snapshot().exists(path) ? List.of(start(path, around)) : List.of();
  }

  private static Location start(String path, Around around) {
    return new Location(around.uri(path), new Range(new Position(0, 0), new Position(0, 0)));
  }
}
