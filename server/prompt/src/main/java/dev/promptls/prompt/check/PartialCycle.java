package dev.promptls.prompt.check;

import dev.promptls.prompt.render.PartialResolver;
import dev.promptls.prompt.syntax.Severity;
import dev.promptls.prompt.syntax.Tag;
import dev.promptls.prompt.workspace.PartialNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A partial that includes itself, by itself or by way of others, so that rendering never ends.
final class PartialCycle implements FileRule {
  private static final int MAX_PARTIALS = 200;
  private static final int MAX_LENGTH = 1 << 20;
  private static final Pattern INCLUSION = Pattern.compile("\\{\\{~?#?>\\s*([^\\s}~(]+)");

  @Override
  public String code() {
    return "partial-cycle";
  }

  @Override
  public Severity severity() {
    return Severity.ERROR;
  }

  @Override
  public String summary() {
    return "A partial that includes itself, directly or by way of others.";
  }

  @Override
  public boolean asksSurroundings() {
    return true;
  }

  @Override
  public List<Finding> check(Subject subject) {
    List<Tag> tags = Partials.tags(subject);
    if (tags.isEmpty()) {
      return List.of();
    }
    String own = ownName(subject.file().name());
    Graph graph = new Graph(subject.surroundings().partials());
    List<Finding> findings = new ArrayList<>();
    for (Tag tag : tags) {
      List<String> way = graph.cycle(tag.name(), own);
      if (way != null) {
        String names = Names.shown(String.join(" → ", way));
        String message = "This partial includes itself (" + names + "); break the cycle.";
        findings.add(finding(tag.nameSpan(), message));
      }
    }
    return findings;
  }

  /// The name by which other files include this one; empty if it is no partial.
  private static String ownName(String file) {
    String base = file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
    return PartialNames.isPartial(base) ? PartialNames.bare(base) : "";
  }

  /// Which partial includes which, as far as was looked.
  private static final class Graph {
    private final @Nullable PartialResolver resolver;
    private final Map<String, Set<String>> included = new HashMap<>();
    private int length;

    Graph(@Nullable PartialResolver resolver) {
      this.resolver = resolver;
    }

    /// A way from a partial back to itself or to the file; null if there is none.
    @Nullable List<String> cycle(String start, String own) {
      List<String> way = new ArrayList<>(List.of(start));
      if (start.equals(own)) {
        return way;
      }
      return search(start, own, way, new HashSet<>()) ? way : null;
    }

    private boolean search(String from, String own, List<String> way, Set<String> seen) {
      if (!seen.add(from) || seen.size() > MAX_PARTIALS) {
        return false;
      }
      for (String next : included.computeIfAbsent(from, this::read)) {
        boolean closed = next.equals(own) || way.contains(next);
        way.add(next);
        if (closed || search(next, own, way, seen)) {
          return true;
        }
        way.removeLast();
      }
      return false;
    }

    private Set<String> read(String name) {
      String text =
          resolver == null || included.size() > MAX_PARTIALS || length > MAX_LENGTH
              ? null
              : resolver.partial(name);
      Set<String> names = new HashSet<>();
      if (text != null && resolver != null) {
        length += text.length();
        Matcher matcher = INCLUSION.matcher(text);
        while (matcher.find()) {
          names.add(resolver.named(matcher.group(1), name));
        }
      }
      return names;
    }
  }
}
