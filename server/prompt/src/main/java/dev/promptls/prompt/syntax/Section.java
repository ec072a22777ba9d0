package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A stretch of a message under a heading of its own: `# Title` of Markdown, up to the next heading
/// that is not below it, or what follows `{{section "name"}}`.
///
/// @param name of the heading without its marks
/// @param heading where it stands, marks included
/// @param level 1 to 6; 1 for what follows a tag
/// @param span with the heading
public record Section(String name, Span heading, int level, Span span) {
  private static final int DEEPEST = 6;

  /// A line that opens or closes a block of code, or a heading.
  private static final Pattern LINE =
      Pattern.compile(
          "^ {0,3}(?:(```|~~~).*|(#{1,6})[ \\t]+(\\S.*?)[ \\t]*#*[ \\t]*)$", Pattern.MULTILINE);

  /// The sections of a file's messages, in source order; those of lower level stand in others.
  public static List<Section> in(PromptFile file) {
    List<Tag> marks = file.tags().stream().filter(tag -> tag.name().equals("section")).toList();
    List<Section> sections = new ArrayList<>();
    for (MessageNode message : file.messages()) {
      List<Section> headings = headings(message, message.said(file.text()));
      for (Tag mark : marks) {
        if (message.content().contains(mark.span())) {
          headings.add(new Section(mark.first(), mark.span(), 1, mark.span()));
        }
      }
      headings.sort(Comparator.comparing(Section::heading));
      sections.addAll(ended(headings, message.content().end()));
    }
    return sections;
  }

  /// The headings of Markdown, each by itself.
  private static List<Section> headings(MessageNode message, String said) {
    List<Section> headings = new ArrayList<>();
    String fence = null;
    Matcher line = LINE.matcher(said);
    while (line.find()) {
      String mark = line.group(1);
      if (mark != null) {
        fence = fence == null ? mark : fence.equals(mark) ? null : fence;
      } else if (fence == null) {
        Span heading = message.source(new Span(line.start(2), line.end()));
        headings.add(new Section(line.group(3), heading, line.group(2).length(), heading));
      }
    }
    return headings;
  }

  /// Gives each heading what follows it.
  private static List<Section> ended(List<Section> headings, int end) {
    int[] next = new int[DEEPEST + 1];
    Arrays.fill(next, end);
    List<Section> ended = new ArrayList<>(headings);
    for (int i = headings.size() - 1; i >= 0; i--) {
      Section section = headings.get(i);
      int start = section.heading().start();
      int until = Math.max(section.heading().end(), next[section.level()]);
      ended.set(
          i,
          new Section(section.name(), section.heading(), section.level(), new Span(start, until)));
      Arrays.fill(next, section.level(), next.length, start);
    }
    return ended;
  }
}
