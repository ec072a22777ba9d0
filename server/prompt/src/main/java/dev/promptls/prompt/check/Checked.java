package dev.promptls.prompt.check;

import dev.promptls.prompt.shots.Example;
import dev.promptls.prompt.syntax.FrontMatter;
import dev.promptls.prompt.syntax.Problem;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.Severity;
import dev.promptls.prompt.syntax.Tag;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// A file with what is wrong with it. Immutable; after an edit it is followed, so that only what
/// the edit can have changed is checked again. The findings are those of a fresh check.
public final class Checked {
  /// Findings of one rule that are told of one file.
  private static final int MAX_OF_A_RULE = 1_000;

  /// So many are enough for a rule of the whole file, even if comments silence some of them.
  static final int ENOUGH = 10 * MAX_OF_A_RULE;

  private static final Comparator<Finding> ORDER =
      Comparator.comparing(Finding::span)
          .thenComparing(Finding::code)
          .thenComparing(Finding::message);

  private final Subject subject;
  private final LinePass.Result lines;
  private final List<Finding> tags;
  private final List<Finding> settings;
  private final List<Finding> findings;

  private Checked(
      Subject subject, LinePass.Result lines, List<Finding> tags, List<Finding> settings) {
    this.subject = subject;
    this.settings = settings;
    this.lines = lines;
    this.tags = tags;
    this.findings = assemble();
  }

  /// Checks a file.
  public static Checked of(Subject subject) {
    PromptFile file = subject.file();
    return new Checked(
        subject,
        LinePass.of(
            file.lines(), 0, file.lines().lineCount(), subject.surroundings().specialTokens()),
        checkTags(subject, 0, subject.tags().size()),
        checkSettings(subject));
  }

  /// Checks the file after an edit.
  ///
  /// @param edit of the text that was checked
  /// @param now the whole after it; equal to a fresh reading
  public Checked after(TextEdit edit, Subject now) {
    PromptFile file = now.file();
    boolean same =
        file.format() == subject.file().format()
            && TemplateLanguage.of(file) == TemplateLanguage.of(subject.file())
            && lines.tokens().equals(now.surroundings().specialTokens());
    if (!same) {
      return of(now);
    }
    keepFacts(edit, now);
    return new Checked(
        now,
        lines.after(edit, subject.file().lines(), file.lines()),
        tagsAfter(edit, now),
        hasSameSettings(now) ? settings : checkSettings(now));
  }

  public Subject subject() {
    return subject;
  }

  /// What is wrong, in source order: without what the settings or comments of the file switch off.
  public List<Finding> findings() {
    return findings;
  }

  private static List<Finding> checkTags(Subject subject, int from, int to) {
    List<Finding> found = new ArrayList<>();
    for (Tag tag : subject.tags().subList(from, to)) {
      found.addAll(check(tag, subject.file()));
    }
    return found;
  }

  private static List<Finding> check(Tag tag, PromptFile file) {
    for (TagRule rule : Checks.TAG_RULES) {
      List<Finding> found = rule.check(tag, file);
      if (!found.isEmpty()) {
        return found;
      }
    }
    return List.of();
  }

  private static List<Finding> checkSettings(Subject subject) {
    List<Finding> found = new ArrayList<>();
    for (FileRule rule : Checks.FILE_RULES) {
      if (rule.settingsOnly()) {
        found.addAll(rule.check(subject));
      }
    }
    return found;
  }

  /// Whether the front matter was not even read again: the same object stands at the same place.
  @SuppressWarnings("ReferenceEquality")
  private boolean hasSameSettings(Subject now) {
    return now.file().frontMatter() == subject.file().frontMatter();
  }

  private List<Finding> tagsAfter(TextEdit edit, Subject now) {
    List<Tag> old = subject.file().tags();
    List<Tag> fresh = now.file().tags();
    Kept followed = Kept.ofFollowed(old, fresh, edit, Tag::span);
    Kept kept = followed != null ? followed : Kept.of(old, fresh, edit, Tag::span, Tag::isAlike);
    return Placed.splice(
        tags,
        kept.until(),
        checkTags(now, kept.before(), fresh.size() - kept.behind()),
        kept.from(),
        edit.growth());
  }

  private void keepFacts(TextEdit edit, Subject now) {
    List<Example> old = subject.shots().examples();
    List<Example> fresh = now.shots().examples();
    Kept followed = Kept.ofFollowed(old, fresh, edit, Example::range);
    Kept kept =
        followed != null
            ? followed
            : Kept.of(old, fresh, edit, Example::range, Checked::sameValues);
    now.keepFacts(subject, kept);
  }

  private static boolean sameValues(Example one, Example other) {
    return one.shape() == other.shape()
        && one.outputRange().start() - one.range().start()
            == other.outputRange().start() - other.range().start()
        && one.outputRange().length() == other.outputRange().length()
        && one.output().equals(other.output())
        && Objects.equals(one.reasoning(), other.reasoning())
        && one.inputs().equals(other.inputs())
        && one.text().equals(other.text());
  }

  private List<Finding> assemble() {
    List<Finding> all = new ArrayList<>();
    lines.findings().stream()
        .filter(found -> found.countsIn(subject))
        .forEach(f -> all.add(f.finding()));
    all.addAll(tags);
    all.addAll(settings);
    for (FileRule rule : Checks.FILE_RULES) {
      if (!rule.settingsOnly()) {
        all.addAll(rule.check(subject));
      }
    }
    Set<String> told = all.stream().map(Finding::code).collect(Collectors.toUnmodifiableSet());
    Checks.LAST_RULES.forEach(rule -> all.addAll(rule.check(subject, told)));
    Suppressions suppressions = new Suppressions(subject.file(), lines.directives());
    LintSettings settings = subject.surroundings().settings();
    List<Finding> heard = new ArrayList<>(suppressions.heard(withReported(all)));
    heard.addAll(SuppressionRules.check(subject.file(), suppressions, settings));
    heard.sort(ORDER);
    // Settings that cannot be read are sent as text, with whatever is changed in them.
    FrontMatter frontMatter = subject.file().frontMatter();
    return told(
        frontMatter != null && !frontMatter.valid()
            ? heard.stream().map(finding -> inText(finding, frontMatter)).toList()
            : heard,
        settings);
  }

  /// What rules found, and what the reader did. What both tell of one place is told once: by the
  /// rule, which knows how to mend it, and as severe as the reader has it.
  private List<Finding> withReported(List<Finding> found) {
    Map<Place, Problem> reported = new LinkedHashMap<>();
    for (Problem problem : subject.file().problems()) {
      // Rows of test data are kept in files of the same kind, and are no records.
      boolean data = problem.code().equals("missing-field") && subject.messages().isEmpty();
      if (!data) {
        reported.put(new Place(problem.code(), problem.span()), problem);
      }
    }
    if (reported.isEmpty()) {
      return found;
    }
    List<Finding> all = new ArrayList<>();
    for (Finding finding : found) {
      Problem same = reported.remove(new Place(finding.code(), finding.span()));
      all.add(same == null ? finding : finding.severity(same.severity()));
    }
    reported.values().forEach(problem -> all.add(Finding.of(problem)));
    return all;
  }

  /// Where something of one kind is wrong.
  private record Place(String code, Span span) {}

  /// A finding where the settings are part of the template: fixes of the settings change what is
  /// sent, and those of the body were made without regard to them.
  private static Finding inText(Finding finding, FrontMatter frontMatter) {
    return frontMatter.span().contains(finding.span())
        ? finding.promisingNothing()
        : finding.withoutFixes();
  }

  private static List<Finding> told(List<Finding> findings, LintSettings settings) {
    List<Finding> told = new ArrayList<>();
    Map<String, Integer> counts = new HashMap<>();
    for (Finding finding : findings) {
      Severity severity = settings.severity(finding.code(), finding.severity());
      if (severity != null && counts.merge(finding.code(), 1, Integer::sum) <= MAX_OF_A_RULE) {
        told.add(finding.severity(severity));
      }
    }
    return List.copyOf(told);
  }
}
