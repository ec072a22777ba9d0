package dev.promptls.prompt.check;

import dev.promptls.prompt.shots.Example;
import dev.promptls.prompt.syntax.Severity;
import dev.promptls.prompt.syntax.YamlNode;
import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An answer that the prompt names but that no example gives: models rarely choose what they have
/// not seen chosen.
final class MissingLabel implements FileRule {
  /// `positive, negative or neutral`; `yes/no/maybe`.
  private static final Pattern LISTED =
      Pattern.compile(
          "[\"'`*]*[\\p{L}\\d-]{1,30}[\"'`*]*(?:(?:,? (?:or|and) |, |\\s?[/|]\\s?)[\"'`*]*[\\p{L}\\d-]{1,30}[\"'`*]*){1,11}");

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\d-]+");
  private static final Set<String> JOINERS = Set.of("or", "and", "a", "an", "the", "not");

  @Override
  public String code() {
    return "missing-label";
  }

  @Override
  public Severity severity() {
    return Severity.INFORMATION;
  }

  @Override
  public String summary() {
    return "An answer that the prompt names, but no example gives.";
  }

  @Override
  public List<Finding> check(Subject subject) {
    List<Example> examples = subject.examples();
    Set<String> given = new LinkedHashSet<>();
    for (Example example : examples) {
      given.add(example.output());
      if (given.size() > 12 || example.output().length() > 30 || example.output().isBlank()) {
        return List.of();
      }
    }
    if (given.size() < 2) {
      return List.of();
    }
    List<Finding> findings = new ArrayList<>(declared(subject, given));
    if (findings.isEmpty()) {
      told(subject, given, findings);
    }
    return findings;
  }

  /// Values that the schema of the answer lists.
  private List<Finding> declared(Subject subject, Set<String> given) {
    YamlNode schema = subject.file().at("output", "schema");
    YamlNode list = schema == null ? null : enumeration(schema, 0);
    List<Finding> findings = new ArrayList<>();
    if (list instanceof YamlNode.Sequence values) {
      List<String> names = new ArrayList<>();
      values.items().forEach(item -> names.add(String.valueOf(item.string())));
      if (names.containsAll(given)) {
        for (YamlNode item : values.items()) {
          if (item.string() != null && !given.contains(item.string())) {
            findings.add(missing(item.string(), item.span()));
          }
        }
      }
    }
    return findings;
  }

  private static @Nullable YamlNode enumeration(YamlNode node, int depth) {
    if (!(node instanceof YamlNode.Mapping mapping) || depth > 4) {
      return null;
    }
    for (YamlNode.Entry entry : mapping.entries()) {
      String key = entry.key().text();
      if (key.equals("enum") || key.contains("(enum")) {
        return entry.value();
      }
      YamlNode found = enumeration(entry.value(), depth + 1);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /// A list in the instructions that holds all answers that are given, and others.
  private void told(Subject subject, Set<String> given, List<Finding> findings) {
    String text = subject.text();
    for (Span span : Instructions.of(subject)) {
      Matcher lists = LISTED.matcher(text).region(span.start(), span.end());
      while (lists.find()) {
        List<Span> words = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        Matcher word = WORD.matcher(text).region(lists.start(), lists.end());
        while (word.find()) {
          if (!JOINERS.contains(word.group())) {
            words.add(new Span(word.start(), word.end()));
            names.add(word.group());
          }
        }
        boolean mixed = lists.group().contains(" or ") && lists.group().contains(" and ");
        if (names.containsAll(given) && !mixed) {
          words.stream()
              .filter(each -> !given.contains(each.of(text)))
              .forEach(each -> findings.add(missing(each.of(text), each)));
          return;
        }
      }
    }
  }

  private Finding missing(String label, Span span) {
    String message =
        "No example answers %s; add one, since models rarely choose what they have not seen chosen."
            .formatted(Names.shown(label));
    return finding(span, message);
  }
}
