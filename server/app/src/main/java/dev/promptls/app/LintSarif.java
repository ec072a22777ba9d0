package dev.promptls.app;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.promptls.lab.files.DiskTexts;
import dev.promptls.lab.files.FileProblem;
import dev.promptls.prompt.check.Checks;
import dev.promptls.prompt.check.Finding;
import dev.promptls.prompt.check.Fix;
import dev.promptls.prompt.check.Rule;
import dev.promptls.prompt.check.RulePages;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.Severity;
import dev.promptls.prompt.text.Encoding;
import dev.promptls.prompt.text.Position;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Findings in SARIF 2.1.0 (OASIS, Static Analysis Results Interchange Format). Paths are relative
/// to the working folder, columns count UTF-16 units.
final class LintSarif {
  private static final String SCHEMA =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
  private static final String BASE = "%SRCROOT%";

  private final Path workingFolder;
  private final Map<String, Integer> rules = new LinkedHashMap<>();

  /// @param workingFolder absolute
  LintSarif(Path workingFolder) {
    this.workingFolder = workingFolder;
  }

  JsonObject of(List<Linted> files, List<FileProblem> problems) {
    JsonArray results = new JsonArray();
    JsonArray artifacts = new JsonArray();
    for (Linted linted : files) {
      JsonObject artifact = new JsonObject();
      artifact.add("location", location(linted));
      artifact.addProperty("encoding", "UTF-8");
      artifacts.add(artifact);
      linted.findings().forEach(finding -> results.add(result(linted, finding)));
    }
    JsonObject run = new JsonObject();
    run.add("tool", tool());
    run.addProperty("columnKind", "utf16CodeUnits");
    run.add("originalUriBaseIds", base());
    run.add("artifacts", artifacts);
    run.add("invocations", invocations(problems));
    run.add("results", results);
    JsonArray runs = new JsonArray();
    runs.add(run);
    JsonObject log = new JsonObject();
    log.addProperty("$schema", SCHEMA);
    log.addProperty("version", "2.1.0");
    log.add("runs", runs);
    return log;
  }

  private JsonObject tool() {
    JsonArray descriptors = new JsonArray();
    rules.keySet().forEach(code -> descriptors.add(descriptor(code)));
    JsonObject driver = new JsonObject();
    driver.addProperty("name", "promptls");
    driver.addProperty("version", Version.TEXT);
    driver.add("rules", descriptors);
    JsonObject tool = new JsonObject();
    tool.add("driver", driver);
    return tool;
  }

  private static JsonObject descriptor(String code) {
    JsonObject descriptor = new JsonObject();
    descriptor.addProperty("id", code);
    Rule rule = Checks.rule(code);
    if (rule != null) {
      descriptor.add("shortDescription", message(rule.summary()));
      JsonObject defaults = new JsonObject();
      defaults.addProperty("level", level(rule.severity()));
      descriptor.add("defaultConfiguration", defaults);
    }
    RulePages.page(code)
        .ifPresent(page -> {
          JsonObject help = message(page);
          help.addProperty("markdown", page);
          descriptor.add("help", help);
        });
    return descriptor;
  }

  private JsonObject result(Linted linted, Finding finding) {
    int index = rules.computeIfAbsent(finding.code(), _ -> rules.size());
    JsonObject result = new JsonObject();
    result.addProperty("ruleId", finding.code());
    result.addProperty("ruleIndex", index);
    result.addProperty("level", level(finding.severity()));
    result.add("message", message(finding.message()));
    result.add("locations", array(place(linted, finding.span())));
    if (!finding.related().isEmpty()) {
      JsonArray related = new JsonArray();
      for (Finding.Related other : finding.related()) {
        JsonObject place = place(linted, other.span());
        place.add("message", message(other.message()));
        related.add(place);
      }
      result.add("relatedLocations", related);
    }
    Fix fix = LintFixes.safe(finding);
    if (fix != null) {
      result.add("fixes", array(fix(linted, fix)));
    }
    return result;
  }

  private JsonObject fix(Linted linted, Fix fix) {
    JsonArray replacements = new JsonArray();
    for (TextEdit edit : fix.edits()) {
      JsonObject inserted = new JsonObject();
      inserted.addProperty("text", edit.replacement());
      JsonObject replacement = new JsonObject();
      replacement.add("deletedRegion", region(linted.file(), edit.span()));
      replacement.add("insertedContent", inserted);
      replacements.add(replacement);
    }
    JsonObject change = new JsonObject();
    change.add("artifactLocation", location(linted));
    change.add("replacements", replacements);
    JsonObject object = new JsonObject();
    object.add("description", message(fix.title()));
    object.add("artifactChanges", array(change));
    return object;
  }

  private JsonObject place(Linted linted, Span span) {
    JsonObject physical = new JsonObject();
    physical.add("artifactLocation", location(linted));
    physical.add("region", region(linted.file(), span));
    JsonObject place = new JsonObject();
    place.add("physicalLocation", physical);
    return place;
  }

  private static JsonObject region(PromptFile file, Span span) {
    Position start = file.lines().position(span.start(), Encoding.UTF16);
    Position end = file.lines().position(span.end(), Encoding.UTF16);
    JsonObject region = new JsonObject();
    region.addProperty("startLine", start.line() + 1);
    region.addProperty("startColumn", start.character() + 1);
    region.addProperty("endLine", end.line() + 1);
    region.addProperty("endColumn", end.character() + 1);
    return region;
  }

  /// Relative below the working folder, else absolute.
  private JsonObject location(Linted linted) {
    JsonObject location = new JsonObject();
    Path path = workingFolder.resolve(linted.path()).normalize();
    if (path.startsWith(workingFolder)) {
      String relative = DiskTexts.written(workingFolder.relativize(path));
      location.addProperty("uri", uri(relative));
      location.addProperty("uriBaseId", BASE);
    } else {
      location.addProperty("uri", path.toUri().toString());
    }
    return location;
  }

  private static String uri(String relative) {
    try {
      String path = new URI(null, null, "/" + relative, null).toASCIIString().substring(1);
      // What stands before a colon would be taken for a scheme.
      return path.replace(":", "%3A");
    } catch (URISyntaxException impossible) {
      throw new IllegalArgumentException(relative, impossible);
    }
  }

  private JsonObject base() {
    String folder = workingFolder.toUri().toString();
    JsonObject uri = new JsonObject();
    uri.addProperty("uri", folder.endsWith("/") ? folder : folder + "/");
    JsonObject bases = new JsonObject();
    bases.add(BASE, uri);
    return bases;
  }

  private static JsonArray invocations(List<FileProblem> problems) {
    JsonObject invocation = new JsonObject();
    invocation.addProperty("executionSuccessful", problems.isEmpty());
    JsonArray notifications = new JsonArray();
    for (FileProblem problem : problems) {
      JsonObject notification = new JsonObject();
      notification.addProperty("level", "error");
      notification.add("message", message(problem.sentence()));
      notifications.add(notification);
    }
    if (!notifications.isEmpty()) {
      invocation.add("toolExecutionNotifications", notifications);
    }
    return array(invocation);
  }

  private static String level(Severity severity) {
    return switch (severity) {
      case ERROR -> "error";
      case WARNING -> "warning";
      case INFORMATION, HINT -> "note";
    };
  }

  private static JsonObject message(@Nullable String text) {
    JsonObject message = new JsonObject();
    message.addProperty("text", text);
    return message;
  }

  private static JsonArray array(JsonObject one) {
    JsonArray array = new JsonArray();
    array.add(one);
    return array;
  }
}
