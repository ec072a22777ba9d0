package dev.promptls.lsp.feature;

import dev.promptls.prompt.workspace.Symbol;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.ReferenceParams;

/// `textDocument/references`: every place that names the partial, file or input under the cursor,
/// in all files.
public final class ReferencesFeature implements Feature<ReferenceParams> {
  @Override
  public List<Location> answer(ReferenceParams params, Moment moment) {
    Around around = Around.of(params.getTextDocument(), moment);
    return around == null
        ? List.of()
        : around
            .named(params.getPosition())
            .map(named -> all(named.symbol(), params, around))
            .orElse(List.of());
  }

  private static List<Location> all(Symbol symbol, ReferenceParams params, Around around) {
    List<Location> places = around.locations(around.references().of(symbol));
    boolean declared = params.getContext() == null || params.getContext().isIncludeDeclaration();
    List<Location> declarations = DefinitionFeature.declaration(symbol, around);
    Set<Location> all = new LinkedHashSet<>();
    if (declared) {
      all.addAll(declarations);
      all.addAll(places);
    } else {
      all.addAll(places);
      declarations.forEach(all::remove);
    }
    return new ArrayList<>(all);
  }
}
