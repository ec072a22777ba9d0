package dev.promptls.lsp.feature;

import dev.promptls.lsp.feature.CompletionFeature.Spot;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionItemKind;

/// Files and folders where a path is being written, inside the roots only.
final class PathItems {
  /// What stands before a path: a Markdown link, a reference of the editor's or Prompty's, a media
  /// tag, an attribute.
  private static final Pattern PATH =
      Pattern.compile(
          "(?:\\]\\(<?|#file:|\\$\\{file:|\\burl=[\"']|\\bsrc=[\"'])([^\\s\"'()<>{}]*)$");

  private static final Set<String> ROWS = Set.of("jsonl", "json", "csv", "tsv");

  private PathItems() {}

  /// Empty where no path is being written.
  static List<CompletionItem> at(Spot spot) {
    Matcher path = PATH.matcher(spot.before());
    return path.find() && !path.group(1).contains(":")
        ? items(spot, path.group(1), false)
        : List.of();
  }

  /// Files of rows, and folders.
  static List<CompletionItem> rows(Spot spot, String typed) {
    return items(spot, typed, true);
  }

  private static List<CompletionItem> items(Spot spot, String typed, boolean rows) {
    int slash = typed.lastIndexOf('/') + 1;
    String last = typed.substring(slash);
    var items = new ArrayList<CompletionItem>();
    for (FolderEntries.Entry entry : FolderEntries.at(spot, typed.substring(0, slash))) {
      boolean itself = entry.path().equals(spot.document().path());
      boolean fits = entry.folder() || !rows || ROWS.contains(ending(entry.name()));
      if (itself || !fits) {
        continue;
      }
      String name = entry.name() + (entry.folder() ? "/" : "");
      CompletionItemKind kind =
          entry.folder() ? CompletionItemKind.Folder : CompletionItemKind.File;
      items.add(Items.item(spot, last.length(), name, kind, name, false));
    }
    return Items.inOrder(Items.FIRST, items);
  }

  private static String ending(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
