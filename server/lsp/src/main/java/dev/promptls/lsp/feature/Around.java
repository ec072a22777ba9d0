package dev.promptls.lsp.feature;

import dev.promptls.lsp.convert.Places;
import dev.promptls.lsp.session.Document;
import dev.promptls.lsp.session.Snapshot;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.workspace.FactReader;
import dev.promptls.prompt.workspace.Occurrence;
import dev.promptls.prompt.workspace.References;
import dev.promptls.prompt.workspace.SourceTexts;
import dev.promptls.prompt.workspace.Workspace;
import java.util.List;
import java.util.Optional;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.jspecify.annotations.Nullable;

/// A document among the files of the workspace; one that lies in no file is by itself.
///
/// @param path of the document, or what stands for it
record Around(
    Document document, String path, Snapshot snapshot, Workspace workspace, SourceTexts sources) {
  /// Among all files, waited for if they are not known yet; null if the document is not open.
  static @Nullable Around of(TextDocumentIdentifier id, Moment moment) {
    Document document = moment.snapshot().document(id);
    return document == null
        ? null
        : of(document, moment.snapshot(), moment.snapshot().wholeWorkspace(moment.cancellation()));
  }

  /// Among the files that are known by now.
  static @Nullable Around atOnce(TextDocumentIdentifier id, Moment moment) {
    Document document = moment.snapshot().document(id);
    return document == null ? null : atOnce(document, moment);
  }

  /// The same of an open document.
  static Around atOnce(Document document, Moment moment) {
    return of(document, moment.snapshot(), moment.snapshot().workspace());
  }

  private static Around of(Document document, Snapshot snapshot, Workspace workspace) {
    String path = document.path();
    if (path == null) {
      return alone(document, snapshot);
    }
    SourceTexts sources = snapshot.sources(path);
    return new Around(document, path, snapshot, workspace.withCalled(path, sources), sources);
  }

  private static Around alone(Document document, Snapshot snapshot) {
    String name = document.uri();
    Workspace itself = Workspace.EMPTY.with(FactReader.read(name, document.file()));
    return new Around(document, name, snapshot, itself, new Alone(document));
  }

  private record Alone(Document document) implements SourceTexts {
    @Override
    public @Nullable String text(String path) {
      return path.equals(document.uri()) ? document.text() : null;
    }

    @Override
    public @Nullable PromptFile file(String path) {
      return path.equals(document.uri()) ? document.file() : null;
    }
  }

  References references() {
    return new References(workspace, sources);
  }

  /// What is named at a position.
  Optional<References.Named> named(Position position) {
    return references().at(path, document.file(), places().offset(position));
  }

  Places places() {
    return snapshot.places(document);
  }

  String uri(String file) {
    return file.equals(path) ? document.uri() : snapshot.uri(file);
  }

  /// Places in a file; null if it cannot be read.
  @Nullable Places places(String file) {
    PromptFile read = sources.file(file);
    return read == null ? null : new Places(read.lines(), snapshot.encoding());
  }

  List<Location> locations(List<Occurrence> occurrences) {
    return occurrences.stream()
        .flatMap(place -> location(place.path(), place.span()).stream())
        .toList();
  }

  Optional<Location> location(String file, Span span) {
    Places places = places(file);
    return places == null
        ? Optional.empty()
        : Optional.of(new Location(uri(file), places.range(span)));
  }
}
