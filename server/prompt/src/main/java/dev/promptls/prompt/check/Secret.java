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
  /// @param sign without which the pattern cannot match, so that most lines are passed over
  private record Kind(String name, String sign, Pattern pattern) {
    Kind(String name, String sign, String pattern) {
      this(name, sign, Pattern.compile(pattern));
    }
  }

  private static final List<Kind> KINDS =
      List.of(
          new Kind("an Anthropic API key", "sk-ant-", "\\bsk-ant-[\\w-]{20,}"),
          new Kind(
              "an OpenAI API key",
              "sk-",
              "\\bsk-(?!ant-)(?:proj-|svcacct-|admin-)?[A-Za-z0-9_-]{20,}"),
          new Kind("a GitHub token", "gh", "\\bgh[pousr]_[A-Za-z0-9]{30,}"),
          new Kind("a GitHub token", "github_pat_", "\\bgithub_pat_[A-Za-z0-9_]{22,}"),
          new Kind("a GitLab token", "glpat-", "\\bglpat-[\\w-]{20,}"),
          new Kind("an AWS access key", "A", "\\b(?:AKIA|ASIA)[A-Z0-9]{16}\\b"),
          new Kind("a Google API key", "AIza", "\\bAIza[\\w-]{35}"),
          new Kind("a Hugging Face token", "hf_", "\\bhf_[A-Za-z0-9]{30,}"),
          new Kind("a Slack token", "xox", "\\bxox[abprs]-[A-Za-z0-9-]{10,}"),
          new Kind("a Stripe key", "k_live_", "\\b[sr]k_live_[A-Za-z0-9]{16,}"),
          new Kind("an npm token", "npm_", "\\bnpm_[A-Za-z0-9]{36}"),
          new Kind("a Groq API key", "gsk_", "\\bgsk_[A-Za-z0-9]{40,}"),
          new Kind("a private key", "-----BEGIN", "-----BEGIN [A-Z ]*PRIVATE KEY(?: BLOCK)?-----"),
          new Kind("a signed web token", "eyJ", "\\beyJ[\\w-]{10,}\\.eyJ[\\w-]{10,}\\.[\\w-]{10,}"),
          new Kind(
              "a password in an address",
              "://",
              "://[^\\s/:@{}<>]+:([^\\s/:@{}<>*$]{4,})@[\\w.-]+"));

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
  public List<Finding> check(Line line) {
    if (line.span().length() < 12 || line.span().length() > MAX_LINE) {
      return List.of();
    }
    List<Finding> findings = List.of();
    for (Kind kind : KINDS) {
      if (line.contains(kind.sign())) {
        Matcher matcher = kind.pattern().matcher(line.text()).region(line.start(), line.end());
        while (matcher.find()) {
          int group = matcher.groupCount();
          if (!isPlaceholder(matcher.group())) {
            findings = findings.isEmpty() ? new ArrayList<>() : findings;
            findings.add(found(kind.name(), new Span(matcher.start(group), matcher.end(group))));
          }
        }
      }
    }
    return findings.isEmpty() ? named(line) : findings;
  }

  private List<Finding> named(Line line) {
    if (!hasLongWord(line)) {
      return List.of();
    }
    Matcher matcher = NAMED.matcher(line.text()).region(line.start(), line.end());
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

  /// Whether a run of letters and digits is long enough to be a key.
  private static boolean hasLongWord(Line line) {
    String text = line.text();
    int run = 0;
    boolean digit = false;
    for (int i = line.start(); i < line.end(); i++) {
      char c = text.charAt(i);
      boolean inside = c < 128 && (Character.isLetterOrDigit(c) || "+/_=-".indexOf(c) >= 0);
      run = inside ? run + 1 : 0;
      digit = inside && (digit || (c >= '0' && c <= '9'));
      if (run >= MIN_LENGTH && digit) {
        return true;
      }
    }
    return false;
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
