package dev.promptls.lsp.feature;

import dev.promptls.lsp.convert.Places;
import dev.promptls.lsp.session.Document;
import dev.promptls.lsp.session.Snapshot;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.text.Span;
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

/// A document among the files of the workspace.
///
/// @param path of the document
record Around(
    Document document, String path, Snapshot snapshot, Workspace workspace, SourceTexts sources) {
  /// Among all files, waited for if they are not known yet; null if the document is not open or
  /// lies in no file.
  static @Nullable Around of(TextDocumentIdentifier id, Moment moment) {
    Document document = moment.snapshot().document(id);
    return document == null
        ? null
        : of(document, moment.snapshot(), moment.snapshot().wholeWorkspace(moment.cancellation()));
  }

  /// Among the files that are known by now.
  static @Nullable Around atOnce(TextDocumentIdentifier id, Moment moment) {
    Document document = moment.snapshot().document(id);
    return document == null ? null : of(document, moment.snapshot(), moment.snapshot().workspace());
  }

  private static @Nullable Around of(Document document, Snapshot snapshot, Workspace workspace) {
    String path = document.path();
    if (path == null) {
      return null;
    }
    SourceTexts sources = snapshot.sources(path);
    return new Around(document, path, snapshot, workspace.withCalled(path, sources), sources);
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
    return snapshot.uri(file);
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
