package dev.promptls.app;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.promptls.prompt.check.Finding;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.text.Encoding;
import dev.promptls.prompt.text.Position;
import dev.promptls.prompt.text.Span;
import java.util.List;
import java.util.Locale;

/// Findings for programs: `[{path, range: {start: {line, character}, end}, severity, code,
/// message}]`, positions as in LSP with UTF-16 units.
final class LintJson {
  private LintJson() {}

  static JsonArray of(List<Linted> files) {
    JsonArray findings = new JsonArray();
    for (Linted linted : files) {
      for (Finding finding : linted.findings()) {
        JsonObject object = new JsonObject();
        object.addProperty("path", linted.path());
        object.add("range", range(linted.file(), finding.span()));
        object.addProperty("severity", finding.severity().name().toLowerCase(Locale.ROOT));
        object.addProperty("code", finding.code());
        object.addProperty("message", finding.message());
        object.addProperty("fixable", LintFixes.safe(finding) != null);
        findings.add(object);
      }
    }
    return findings;
  }

  private static JsonObject range(PromptFile file, Span span) {
    JsonObject range = new JsonObject();
    range.add("start", position(file, span.start()));
    range.add("end", position(file, span.end()));
    return range;
  }

  private static JsonObject position(PromptFile file, int offset) {
    Position position = file.lines().position(offset, Encoding.UTF16);
    JsonObject object = new JsonObject();
    object.addProperty("line", position.line());
    object.addProperty("character", position.character());
    return object;
  }
}
