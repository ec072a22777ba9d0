package dev.promptls.prompt;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The texts of `recognised.txt` with the examples that are in them; the file tells how it is
/// written.
public final class RecognisedTexts {
  private static final Pattern TITLE = Pattern.compile("(.*?)(?: \\((\\S+)\\))?");

  private RecognisedTexts() {}

  /// One text.
  ///
  /// @param name of the file it would be
  /// @param expected a line for each example
  public record Case(String title, String name, String text, List<String> expected) {
    @Override
    public String toString() {
      return title;
    }
  }

  public static List<Case> cases() {
    try (InputStream in =
        Objects.requireNonNull(RecognisedTexts.class.getResourceAsStream("shots/recognised.txt"))) {
      String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      List<Case> cases = new ArrayList<>();
      for (String written : List.of(all.split("(?m)^##### ")).stream().skip(1).toList()) {
        cases.add(read(written));
      }
      return cases;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The texts by names that tell their formats.
  static Map<String, String> all() {
    Map<String, String> texts = new LinkedHashMap<>();
    cases().forEach(each -> texts.put(each.title() + "/" + each.name(), each.text()));
    return texts;
  }

  private static Case read(String written) {
    int line = written.indexOf('\n');
    int rule = written.indexOf("\n=====\n");
    Matcher title = TITLE.matcher(written.substring(0, line));
    if (!title.matches()) {
      throw new IllegalStateException(written);
    }
    String name = Objects.requireNonNullElse(title.group(2), "a.txt");
    String text = written.substring(line + 1, rule + 1).replace("<CR>\n", "\r\n");
    return new Case(
        title.group(1), name, text, written.substring(rule + 7).strip().lines().toList());
  }
}
