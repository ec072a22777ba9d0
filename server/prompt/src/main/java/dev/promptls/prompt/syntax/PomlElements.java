package dev.promptls.prompt.syntax;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The elements of POML (microsoft/poml, `packages/poml`), by their names in lower case without
/// hyphens, and what in a document is not as POML would have it.
final class PomlElements {
  /// Elements that say nothing.
  static final Set<String> SILENT =
      Set.of(
          "let",
          "meta",
          "stylesheet",
          "outputschema",
          "tool",
          "tooldefinition",
          "runtime",
          "template");

  /// Elements that stand for something outside the file, or for what is computed.
  static final Set<String> OUTSIDE =
      Set.of(
          "document",
          "doc",
          "img",
          "image",
          "audio",
          "table",
          "tree",
          "folder",
          "webpage",
          "obj",
          "object",
          "dataobj",
          "include",
          "conversation",
          "toolrequest",
          "toolresponse");

  static final Map<String, String> CAPTIONS =
      Map.of(
          "role", "Role",
          "task", "Task",
          "outputformat", "Output Format",
          "stepwiseinstructions", "Stepwise Instructions",
          "hint", "Hint",
          "example", "Example",
          "qa", "Question",
          "question", "Question",
          "examples", "Examples",
          "exampleset", "Examples");

  static final Set<String> BREAKS = Set.of("br", "newline");
  static final Set<String> INLINE = Set.of("span", "inline", "br", "newline");

  /// Who says an element; also one of those that other formats make people write.
  static final Map<String, String> SPEAKERS =
      Map.of(
          "systemmsg", "system",
          "systemmessage", "system",
          "humanmsg", "user",
          "humanmessage", "user",
          "usermsg", "user",
          "usermessage", "user",
          "aimsg", "assistant",
          "aimessage", "assistant",
          "assistantmsg", "assistant",
          "assistantmessage", "assistant");

  private static final Set<String> FOREIGN =
      Set.of("usermsg", "usermessage", "assistantmsg", "assistantmessage");

  /// The signs around an element's text.
  static final Map<String, String> MARKS = new HashMap<>();

  static {
    List.of("b", "bold").forEach(name -> MARKS.put(name, "**"));
    List.of("i", "italic").forEach(name -> MARKS.put(name, "*"));
    List.of("s", "strike", "strikethrough").forEach(name -> MARKS.put(name, "~~"));
    List.of("u", "underline").forEach(name -> MARKS.put(name, "__"));
  }

  private static final Set<String> OTHERS =
      Set.of(
          "poml",
          "text",
          "div",
          "p",
          "paragraph",
          "cp",
          "captionedparagraph",
          "caption",
          "h",
          "header",
          "section",
          "subcontent",
          "code",
          "list",
          "item",
          "listitem",
          "introducer",
          "input",
          "output",
          "exampleinput",
          "exampleoutput",
          "msgcontent",
          "messagecontent");

  private static final Set<String> KNOWN = known();

  /// More than so many problems help nobody.
  private static final int MAX_PROBLEMS = 1000;

  private PomlElements() {}

  private static Set<String> known() {
    Set<String> known = new HashSet<>(OTHERS);
    known.addAll(SILENT);
    known.addAll(OUTSIDE);
    known.addAll(INLINE);
    known.addAll(CAPTIONS.keySet());
    known.addAll(SPEAKERS.keySet());
    known.addAll(MARKS.keySet());
    known.removeAll(FOREIGN);
    return known;
  }

  static boolean isItem(PomlNode.Element element) {
    return element.plainName().equals("item") || element.plainName().equals("listitem");
  }

  /// Whether an element of this name is what an example asks or answers.
  static boolean isExample(String name) {
    return name.endsWith("input") || name.endsWith("output");
  }

  /// Whether an element stands in lines of its own.
  static boolean isBlock(PomlNode.Element element) {
    String name = element.plainName();
    return name.equals("code")
        ? element.value("inline").contains("false")
        : !MARKS.containsKey(name) && !INLINE.contains(name) && !SILENT.contains(name);
  }

  /// Elements that POML does not know and leaves out, each; and the first place where it would do
  /// something that is not done here.
  static List<Problem> problems(List<PomlNode> roots) {
    List<Problem> problems = new ArrayList<>();
    boolean run = false;
    for (PomlNode node : roots) {
      run = find(node, run, problems);
    }
    return problems;
  }

  /// @param told whether it was told that something is not done
  /// @return whether it is now
  private static boolean find(PomlNode node, boolean told, List<Problem> problems) {
    if (!(node instanceof PomlNode.Element element) || SILENT.contains(element.plainName())) {
      return told;
    }
    if (!KNOWN.contains(element.plainName()) && problems.size() < MAX_PROBLEMS) {
      String message = "POML has no element " + element.name() + " and leaves it out; rename it.";
      problems.add(new Problem("poml-unknown", element.nameSpan(), Severity.WARNING, message));
    }
    boolean run = told;
    if (!run && isRun(element)) {
      run = true;
      String message =
          "Loops, conditions, files and other syntaxes of POML stand here as they are written;"
              + " render the file with POML to see what is sent.";
      problems.add(new Problem("poml-not-run", element.nameSpan(), Severity.HINT, message));
    }
    for (PomlNode child : element.children()) {
      run = find(child, run, problems);
    }
    return run;
  }

  /// Whether POML makes something of an element that cannot be seen in the file.
  private static boolean isRun(PomlNode.Element element) {
    String syntax = element.value("syntax");
    return OUTSIDE.contains(element.plainName())
        || element.attribute("for") != null
        || element.attribute("if") != null
        || !(syntax.isEmpty() || syntax.equals("markdown"));
  }
}
