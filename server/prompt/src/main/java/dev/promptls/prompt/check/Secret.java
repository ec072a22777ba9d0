package dev.promptls.prompt.check;

import dev.promptls.prompt.syntax.Severity;
import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A key or password typed in a file that is sent to a model and shared. Known by the form that its
/// issuer gives it, or as a random-looking value behind a word such as `api_key`.
final class Secret implements LineRule {
  /// In bits for each character; words and identifiers stay below.
  private static final double RANDOM = 3.6;

  private static final int MIN_LENGTH = 20;
  private static final int MAX_LINE = 20_000;

  /// @param name of what is found, with its article
  /// @param signs without one of which the pattern cannot match, so that most lines are passed over
  private record Kind(String name, List<String> signs, Pattern pattern) {
    Kind(String name, String pattern, String... signs) {
      this(name, List.of(signs), Pattern.compile(pattern));
    }

    boolean hasSign(String text, Span line) {
      return signs.stream().anyMatch(sign -> text.indexOf(sign, line.start(), line.end()) >= 0);
    }
  }

  private static final List<Kind> KINDS =
      List.of(
          new Kind("an Anthropic API key", "\\bsk-ant-[\\w-]{20,}", "sk-ant-"),
          new Kind(
              "an OpenAI API key",
              "\\bsk-(?!ant-)(?:proj-|svcacct-|admin-)?[A-Za-z0-9_-]{20,}",
              "sk-"),
          new Kind(
              "a GitHub token",
              "\\bgh[pousr]_[A-Za-z0-9]{30,}",
              "ghp_",
              "gho_",
              "ghu_",
              "ghs_",
              "ghr_"),
          new Kind("a GitHub token", "\\bgithub_pat_[A-Za-z0-9_]{22,}", "github_pat_"),
          new Kind("a GitLab token", "\\bglpat-[\\w-]{20,}", "glpat-"),
          new Kind("an AWS access key", "\\b(?:AKIA|ASIA)[A-Z0-9]{16}\\b", "AKIA", "ASIA"),
          new Kind("a Google API key", "\\bAIza[\\w-]{35}", "AIza"),
          new Kind("a Hugging Face token", "\\bhf_[A-Za-z0-9]{30,}", "hf_"),
          new Kind("a Slack token", "\\bxox[abprs]-[A-Za-z0-9-]{10,}", "xox"),
          new Kind("a Stripe key", "\\b[sr]k_live_[A-Za-z0-9]{16,}", "k_live_"),
          new Kind("an npm token", "\\bnpm_[A-Za-z0-9]{36}", "npm_"),
          new Kind("a Groq API key", "\\bgsk_[A-Za-z0-9]{40,}", "gsk_"),
          new Kind("a private key", "-----BEGIN [A-Z ]*PRIVATE KEY(?: BLOCK)?-----", "-----BEGIN"),
          new Kind("a signed web token", "\\beyJ[\\w-]{10,}\\.eyJ[\\w-]{10,}\\.[\\w-]{10,}", "eyJ"),
          new Kind(
              "a password in an address",
              "://[^\\s/:@{}<>]+:([^\\s/:@{}<>*$]{4,})@[\\w.-]+",
              "://"));

  private static final WordSearch SIGNS =
      new WordSearch(KINDS.stream().flatMap(kind -> kind.signs().stream()).toList());

  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)(?:api[_-]?key|secret|token|passw(?:or)?d|credential|access[_-]?key)\\w*[\"']?\\s*[:=]\\s*[\"']?"
              + "([A-Za-z0-9+/_=-]{"
              + MIN_LENGTH
              + ",200})");

  @Override
  public String code() {
    return "secret";
  }

  @Override
  public Severity severity() {
    return Severity.ERROR;
  }

  @Override
  public String summary() {
    return "A key or password typed in the file.";
  }

  @Override
  public List<Finding> check(Lines lines) {
    String text = lines.text();
    List<Finding> findings = new ArrayList<>();
    int sign = SIGNS.next(text, lines.start(), lines.end());
    int longWord = longWord(text, lines.start(), lines.end());
    int at = Math.min(longWord, sign);
    while (at < lines.end()) {
      Span line = lines.line(at);
      if (line.length() >= 12 && line.length() <= MAX_LINE) {
        List<Finding> known = known(text, line);
        findings.addAll(known.isEmpty() && longWord < line.end() ? named(text, line) : known);
      }
      longWord = longWord < line.end() ? longWord(text, line.end(), lines.end()) : longWord;
      sign = sign < line.end() ? SIGNS.next(text, line.end(), lines.end()) : sign;
      at = Math.min(longWord, sign);
    }
    return findings;
  }

  /// Those that are known by their form.
  private List<Finding> known(String text, Span line) {
    List<Finding> findings = new ArrayList<>();
    for (Kind kind : KINDS) {
      if (!kind.hasSign(text, line)) {
        continue;
      }
      Matcher matcher = kind.pattern().matcher(text).region(line.start(), line.end());
      while (matcher.find()) {
        int group = matcher.groupCount();
        if (!isPlaceholder(matcher.group())) {
          findings.add(found(kind.name(), new Span(matcher.start(group), matcher.end(group))));
        }
      }
    }
    return findings;
  }

  private List<Finding> named(String text, Span line) {
    Matcher matcher = NAMED.matcher(text).region(line.start(), line.end());
    if (matcher.find() && isRandom(matcher.group(1)) && !isPlaceholder(matcher.group(1))) {
      Span span = new Span(matcher.start(1), matcher.end(1));
      return List.of(found("a key or password", span).severity(Severity.WARNING));
    }
    return List.of();
  }

  private Finding found(String what, Span span) {
    return finding(
        span, "This looks like " + what + "; withdraw it, and keep it out of files and prompts.");
  }

  /// Where a run of letters and digits begins that is long enough to be a key; the end if there is
  /// none.
  private static int longWord(String text, int from, int end) {
    int start = from;
    while (start + MIN_LENGTH <= end) {
      // Seen from its last character, a run that is too short is passed over in a few steps.
      int at = start + MIN_LENGTH - 1;
      while (at >= start && isOfWord(text.charAt(at))) {
        at--;
      }
      if (at >= start) {
        start = at + 1;
        continue;
      }
      boolean digit = false;
      int stop = start;
      while (stop < end && isOfWord(text.charAt(stop))) {
        digit |= Character.isDigit(text.charAt(stop++));
      }
      if (digit) {
        return start;
      }
      start = stop + 1;
    }
    return end;
  }

  private static boolean isOfWord(char c) {
    return c < 128 && (Character.isLetterOrDigit(c) || "+/_=-".indexOf(c) >= 0);
  }

  /// Whether the characters of a value are spread as those of a random one, in Shannon's bits.
  private static boolean isRandom(String value) {
    int[] counts = new int[128];
    boolean digit = false;
    boolean letter = false;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      counts[c]++;
      digit |= Character.isDigit(c);
      letter |= Character.isLetter(c);
    }
    double bits = 0;
    for (int count : counts) {
      if (count > 0) {
        double share = (double) count / value.length();
        bits -= share * Math.log(share) / Math.log(2);
      }
    }
    return digit && letter && bits >= RANDOM;
  }

  /// Whether a value only shows what one looks like: `sk-xxxxxxxx`, `AKIAIOSFODNN7EXAMPLE`.
  private static boolean isPlaceholder(String value) {
    String lower = value.toLowerCase(Locale.ROOT);
    return lower.contains("example")
        || lower.contains("xxxx")
        || lower.contains("your")
        || lower.contains("placeholder")
        || lower.contains("0000000")
        || lower.contains("1234567890abcdef");
  }
}
