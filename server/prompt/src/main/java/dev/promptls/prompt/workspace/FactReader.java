package dev.promptls.prompt.workspace;

import dev.promptls.prompt.syntax.InputDeclaration;
import dev.promptls.prompt.syntax.Link;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.Tag;
import dev.promptls.prompt.syntax.VariableUse;
import dev.promptls.prompt.syntax.YamlNode;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.workspace.FileFacts.NamedPlace;
import dev.promptls.prompt.workspace.FileFacts.NamedPlace.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// From a tree to what an index keeps of it.
public final class FactReader {
  private FactReader() {}

  /// The facts of a file.
  ///
  /// @param path absolute, with `/`
  public static FileFacts read(String path, PromptFile file) {
    List<PartialUse> partials =
        PartialCalls.in(file).stream().map(PartialCalls.Call::use).distinct().toList();
    Set<String> names = new TreeSet<>();
    for (VariableUse use : file.variables()) {
      List<String> whole = InputPaths.of(use);
      if (whole != null) {
        names.add(String.join(".", whole));
      }
    }
    for (Declarations.Place place : Declarations.in(file)) {
      names.add(String.join(".", place.path()));
    }
    List<String> links =
        file.links().stream().filter(Link::isPath).map(Link::path).distinct().toList();
    return new FileFacts(
        path, file.format(), partials, List.copyOf(names), links, symbols(path, file));
  }

  private static List<NamedPlace> symbols(String path, PromptFile file) {
    List<NamedPlace> symbols = new ArrayList<>();
    boolean partial = PartialNames.isPartial(path);
    YamlNode name = file.at("name");
    String named = name == null ? null : name.string();
    String own = named == null || partial ? FileNames.name(path) : named;
    symbols.add(new NamedPlace(own, partial ? Kind.PARTIAL : Kind.PROMPT));
    for (InputDeclaration input : file.inputs()) {
      symbols.add(new NamedPlace(input.name(), Kind.INPUT));
    }
    for (Tag tag : file.tags()) {
      if (tag.name().equals("section") && !tag.first().isEmpty()) {
        symbols.add(new NamedPlace(tag.first(), Kind.SECTION));
      }
    }
    return symbols;
  }

  /// Where something that was listed stands in its file; empty for what is the file itself, and for
  /// what is no longer there.
  public static Optional<Span> find(NamedPlace place, PromptFile file) {
    return switch (place.kind()) {
      case PARTIAL -> Optional.empty();
      case PROMPT -> Optional.ofNullable(file.at("name")).map(YamlNode::span);
      case INPUT -> Optional.ofNullable(file.input(place.name())).map(InputDeclaration::span);
      case SECTION ->
          file.tags().stream()
              .filter(tag -> tag.name().equals("section") && tag.first().equals(place.name()))
              .map(Tag::span)
              .findFirst();
    };
  }
}
