package dev.promptls.prompt.workspace;

import dev.promptls.prompt.syntax.Link;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.VariableUse;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.workspace.Occurrence.Role;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What places of files mean, and where else it is meant. The workspace says which files to look
/// into; the places come from their texts as they are now.
///
/// @param sources the texts of the files
public record References(Workspace workspace, SourceTexts sources) {
  /// The largest file of rows that is searched, in UTF-16 units.
  private static final int MOST_ROWS = 16 << 20;

  /// A symbol and the place that was asked about.
  ///
  /// @param span of the name alone
  public record Named(Symbol symbol, Span span) {}

  /// What is named at an offset of a file.
  ///
  /// @param path of the file
  /// @param file as it is now
  public Optional<Named> at(String path, PromptFile file, int offset) {
    for (PartialCalls.Call call : PartialCalls.in(file)) {
      if (call.tag().span().touches(offset)) {
        Optional<Named> named = at(path, file, call, offset);
        if (named.isPresent()) {
          return named;
        }
      }
    }
    return variableAt(path, file, offset)
        .or(() -> declarationAt(path, file, offset))
        .or(() -> linkAt(path, file, offset));
  }

  private Optional<Named> at(String path, PromptFile file, PartialCalls.Call call, int offset) {
    if (call.tag().nameSpan().touches(offset)) {
      List<String> candidates = workspace.candidates(call.use().name(), path);
      String found = workspace.partial(call.use().name(), path);
      return candidates.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new Named(
                  new Symbol.File(found == null ? candidates.getFirst() : found), call.lastName()));
    }
    for (String key : call.use().keys().keySet()) {
      Span span = call.key(key, file.text());
      String called = workspace.partial(call.use().name(), path);
      if (span != null && span.touches(offset) && called != null) {
        return Optional.of(new Named(new Symbol.Input(called, List.of(key)), span));
      }
    }
    return Optional.empty();
  }

  private static Optional<Named> variableAt(String path, PromptFile file, int offset) {
    for (VariableUse use : file.variables()) {
      List<String> whole = use.span().touches(offset) ? InputPaths.of(use) : null;
      for (int depth = 0; whole != null && depth < whole.size(); depth++) {
        Span span = InputPaths.segment(use, whole, depth, file.text());
        if (span != null && span.touches(offset)) {
          return Optional.of(new Named(new Symbol.Input(path, whole.subList(0, depth + 1)), span));
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Named> declarationAt(String path, PromptFile file, int offset) {
    return Declarations.in(file).stream()
        .filter(place -> place.span().touches(offset))
        .findFirst()
        .map(place -> new Named(new Symbol.Input(path, place.path()), place.span()));
  }

  private static Optional<Named> linkAt(String path, PromptFile file, int offset) {
    for (Link link : file.links()) {
      String target = target(path, link);
      if (target != null && link.span().touches(offset)) {
        return Optional.of(new Named(new Symbol.File(target), link.span()));
      }
    }
    return Optional.empty();
  }

  /// The file that a link leads to; null if it leads to none.
  public static @Nullable String target(String path, Link link) {
    return link.isPath() && !link.path().isEmpty()
        ? FileNames.resolve(FileNames.folder(path), link.path())
        : null;
  }

  /// All places that name a symbol: by file, then in source order.
  public List<Occurrence> of(Symbol symbol) {
    Set<Occurrence> found = new LinkedHashSet<>();
    switch (symbol) {
      case Symbol.File file ->
          workspace.usersOf(file.path()).forEach(user -> found.addAll(in(user, file)));
      case Symbol.Input input -> {
        InputFlow.Result flow = InputFlow.of(input, workspace);
        Map<String, Set<List<String>>> byFile = new TreeMap<>();
        flow.inputs()
            .forEach(
                each -> byFile.computeIfAbsent(each.file(), _ -> new HashSet<>()).add(each.path()));
        byFile.forEach((path, inputs) -> found.addAll(in(path, inputs)));
        flow.keys().forEach(key -> found.addAll(in(key)));
      }
    }
    List<Occurrence> sorted = new ArrayList<>(found);
    sorted.sort(Comparator.comparing(Occurrence::path).thenComparing(Occurrence::span));
    return sorted;
  }

  /// Where a symbol is made: a file itself is not among them.
  public List<Occurrence> declarations(Symbol symbol) {
    List<Occurrence> all = of(symbol);
    for (Role role : List.of(Role.DECLARATION, Role.VALUE)) {
      List<Occurrence> found = all.stream().filter(place -> place.role() == role).toList();
      List<Occurrence> here =
          symbol instanceof Symbol.Input input
              ? found.stream().filter(place -> place.path().equals(input.file())).toList()
              : found;
      if (!found.isEmpty()) {
        return here.isEmpty() ? found : here;
      }
    }
    return List.of();
  }

  /// The places of one file that name a symbol, without a look at any other.
  public List<Occurrence> in(String path, PromptFile file, Symbol symbol) {
    return switch (symbol) {
      case Symbol.File target -> in(path, file, target);
      case Symbol.Input input when input.file().equals(path) ->
          in(path, file, Set.of(input.path()));
      case Symbol.Input input -> keys(path, file, input);
    };
  }

  /// The partials that a file calls, by the places of their names.
  public Map<Span, String> partials(String path, PromptFile file) {
    Map<Span, String> partials = new LinkedHashMap<>();
    for (PartialCalls.Call call : PartialCalls.in(file)) {
      String called = workspace.partial(call.use().name(), path);
      if (called != null) {
        partials.put(call.tag().nameSpan(), called);
      }
    }
    return partials;
  }

  private List<Occurrence> in(String user, Symbol.File symbol) {
    PromptFile file = sources.file(user);
    return file == null ? List.of() : in(user, file, symbol);
  }

  private List<Occurrence> in(String user, PromptFile file, Symbol.File symbol) {
    List<Occurrence> found = new ArrayList<>();
    for (PartialCalls.Call call : PartialCalls.in(file)) {
      if (symbol.path().equals(workspace.partial(call.use().name(), user))) {
        found.add(new Occurrence(user, call.lastName(), Role.USE));
      }
    }
    for (Link link : file.links()) {
      if (symbol.path().equals(target(user, link))) {
        found.add(new Occurrence(user, link.span(), Role.USE));
      }
    }
    return found;
  }

  /// The keys by which a file passes an input to a partial.
  private List<Occurrence> keys(String path, PromptFile file, Symbol.Input input) {
    List<Occurrence> found = new ArrayList<>();
    for (PartialCalls.Call call : PartialCalls.in(file)) {
      Span key = call.key(input.name(), file.text());
      if (key != null && input.file().equals(workspace.partial(call.use().name(), path))) {
        found.add(new Occurrence(path, key, Role.VALUE));
      }
    }
    return found;
  }

  private List<Occurrence> in(String path, Set<List<String>> inputs) {
    PromptFile file = sources.file(path);
    if (file == null) {
      return List.of();
    }
    List<Occurrence> found = new ArrayList<>(in(path, file, inputs));
    for (Link link : file.links()) {
      found.addAll(inRows(target(path, link), link, inputs));
    }
    return found;
  }

  private static List<Occurrence> in(String path, PromptFile file, Set<List<String>> inputs) {
    List<Occurrence> found = new ArrayList<>();
    for (Declarations.Place place : Declarations.in(file)) {
      if (inputs.contains(place.path())) {
        Role role = place.declares() ? Role.DECLARATION : Role.VALUE;
        found.add(new Occurrence(path, place.span(), role));
      }
    }
    for (VariableUse use : file.variables()) {
      List<String> whole = InputPaths.of(use);
      for (int size = 1; whole != null && size <= whole.size(); size++) {
        List<String> start = whole.subList(0, size);
        Span span =
            inputs.contains(start) ? InputPaths.segment(use, whole, size - 1, file.text()) : null;
        if (span != null && span.of(file.text()).equals(start.getLast())) {
          found.add(new Occurrence(path, span, Role.USE));
        }
      }
    }
    return found;
  }

  private List<Occurrence> in(InputFlow.Key key) {
    PromptFile file = sources.file(key.caller());
    List<Occurrence> found = new ArrayList<>();
    for (PartialCalls.Call call :
        file == null ? List.<PartialCalls.Call>of() : PartialCalls.in(file)) {
      Span span =
          file != null && call.use().equals(key.call()) ? call.key(key.key(), file.text()) : null;
      if (span != null) {
        found.add(new Occurrence(key.caller(), span, Role.VALUE));
      }
    }
    return found;
  }

  /// Some inputs in a file of rows, which hold them at the top or under `input`.
  private List<Occurrence> inRows(@Nullable String path, Link link, Set<List<String>> inputs) {
    if (path == null || link.kind() != Link.Kind.DATA) {
      return List.of();
    }
    boolean json = path.endsWith(".jsonl") || path.endsWith(".json");
    String text = json ? sources.text(path) : null;
    if (text == null || text.length() > MOST_ROWS) {
      return List.of();
    }
    List<JsonKeys.Found> keys = JsonKeys.in(text);
    boolean wrapped =
        keys.stream().anyMatch(k -> k.path().size() > 1 && k.path().getFirst().equals("input"));
    return keys.stream()
        .filter(key -> key.path().size() > (wrapped ? 1 : 0))
        .filter(key -> !wrapped || key.path().getFirst().equals("input"))
        .filter(key -> inputs.contains(key.path().subList(wrapped ? 1 : 0, key.path().size())))
        .map(key -> new Occurrence(path, key.span(), Role.VALUE))
        .toList();
  }
}
