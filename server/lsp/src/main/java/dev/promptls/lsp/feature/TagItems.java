package dev.promptls.lsp.feature;

import dev.promptls.lsp.feature.CompletionFeature.Spot;
import dev.promptls.prompt.syntax.Format;
import dev.promptls.prompt.syntax.Tag;
import dev.promptls.prompt.vocabulary.KeyInfo;
import dev.promptls.prompt.vocabulary.Vocabulary;
import dev.promptls.prompt.workspace.NamesInScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionItemKind;

/// What may stand in a tag `{{…}}` that is being typed.
final class TagItems {
  private static final Pattern ROLE = Pattern.compile("role\\s+[\"']?([\\w-]*)$");
  private static final Pattern PARTIAL = Pattern.compile("^\\s*>\\s*([\\w./-]*)$");
  private static final Pattern END = Pattern.compile("^\\s*/\\s*(\\w*)$");
  private static final Pattern WORD = Pattern.compile("([@\\w.-]*)$");
  private static final Pattern CLOSED = Pattern.compile("[^{}]*\\}");
  private static final Pattern CALL = Pattern.compile("^\\s*#?(\\w+)\\s(.*)$");
  private static final Pattern KEYED = Pattern.compile("(\\w+)=");
  private static final Set<String> BLOCKS = Set.of("if", "unless", "each", "with");

  private TagItems() {}

  /// @param written the tag's text before the cursor, without the braces
  static List<CompletionItem> at(Spot spot, String written) {
    String inside = written.startsWith("~") ? written.substring(1) : written;
    if (inside.startsWith("!")) {
      return List.of();
    }
    Matcher role = ROLE.matcher(inside);
    if (role.find()) {
      return roles(spot, role.group(1), inside);
    }
    Matcher partial = PARTIAL.matcher(inside);
    if (partial.find()) {
      return PartialItems.names(spot, partial.group(1));
    }
    Matcher end = END.matcher(inside);
    if (end.find()) {
      return ends(spot, end.group(1), "");
    }
    Matcher word = WORD.matcher(inside);
    String typed = word.find() ? word.group(1) : "";
    boolean first = inside.stripLeading().equals(typed);
    boolean block = inside.equals("#" + typed);
    var items = new ArrayList<CompletionItem>();
    if (!block) {
      items.addAll(PartialItems.arguments(spot, inside, typed));
      items.addAll(arguments(spot, inside, typed));
      List<CompletionItem> variables =
          VariableItems.at(spot, inside, typed, first ? ending(spot, typed) : "");
      items.addAll(items.isEmpty() ? variables : Items.inOrder(Items.SECOND, variables));
    }
    // A block begins and ends right behind its braces.
    boolean atOnce = inside.equals(typed);
    if (first && atOnce) {
      items.addAll(otherwise(spot, typed));
      items.addAll(ends(spot, typed, "/"));
    }
    if (first || block) {
      items.addAll(helpers(spot, typed, block, atOnce || block));
    }
    return items;
  }

  /// The arguments with a name that a helper takes and was not given yet.
  private static List<CompletionItem> arguments(Spot spot, String inside, String typed) {
    Matcher call = CALL.matcher(inside);
    KeyInfo helper =
        call.matches() ? Vocabulary.helper(spot.document().file().format(), call.group(1)) : null;
    if (helper == null || inside.endsWith("=" + typed)) {
      return List.of();
    }
    var items = new ArrayList<CompletionItem>();
    Matcher keyed = KEYED.matcher(helper.type());
    while (keyed.find()) {
      if (!call.group(2).contains(keyed.group())) {
        String key = keyed.group();
        CompletionItem item =
            Items.item(spot, typed.length(), key, CompletionItemKind.Property, key, false);
        items.add(Items.explained(item, KeyText.of(helper)));
      }
    }
    return Items.inOrder(Items.FIRST, items);
  }

  /// The other half of the block that is open.
  private static List<CompletionItem> otherwise(Spot spot, String typed) {
    return NamesInScope.openBlocks(spot.document().file(), spot.offset()).stream()
        .limit(1)
        .map(block -> {
          String text = "else" + ending(spot, typed);
          CompletionItem item =
              Items.item(spot, typed.length(), "else", CompletionItemKind.Keyword, text, false);
          item.setDetail("what holds otherwise");
          item.setSortText(Items.SECOND);
          return explained(item, block, spot);
        })
        .toList();
  }

  /// What belongs to a block is explained by what the block is.
  private static CompletionItem explained(CompletionItem item, Tag block, Spot spot) {
    KeyInfo helper = Vocabulary.helper(spot.document().file().format(), block.name());
    return helper == null ? item : Items.explained(item, KeyText.of(helper));
  }

  private static List<CompletionItem> roles(Spot spot, String typed, String inside) {
    boolean quoted = inside.contains("\"") || inside.contains("'");
    var items = new ArrayList<CompletionItem>();
    for (KeyInfo role : Vocabulary.roles(spot.document().file().format())) {
      String text = quoted ? role.name() : "\"" + role.name() + "\"";
      items.add(Items.word(spot, typed.length(), role, CompletionItemKind.EnumMember, text, false));
    }
    return Items.inOrder(Items.FIRST, items);
  }

  /// The end of the innermost block that is open.
  ///
  /// @param mark what is still to be written before its name
  private static List<CompletionItem> ends(Spot spot, String typed, String mark) {
    return NamesInScope.openBlocks(spot.document().file(), spot.offset()).stream()
        .limit(1)
        .map(block -> {
          String name = block.name();
          String text = mark + name + ending(spot, typed);
          CompletionItem item =
              Items.item(
                  spot, typed.length(), mark + name, CompletionItemKind.Keyword, text, false);
          item.setFilterText(mark.isEmpty() ? name : name + " " + mark + name);
          // Before the helpers, of which a block that is open asks for none.
          item.setSortText(Items.SECOND);
          item.setDetail("ends the block");
          return explained(item, block, spot);
        })
        .toList();
  }

  /// @param block whether the mark of a block is written already
  /// @param blocks whether a block may begin here
  private static List<CompletionItem> helpers(
      Spot spot, String typed, boolean block, boolean blocks) {
    Format format = spot.document().file().format();
    var items = new ArrayList<CompletionItem>();
    for (KeyInfo helper : Vocabulary.helpers(format)) {
      boolean opens = helper.snippet().startsWith("#") || BLOCKS.contains(helper.name());
      if (opens ? !blocks : block) {
        continue;
      }
      String written = helper.snippet().isEmpty() ? helper.name() : helper.snippet();
      boolean filled = spot.snippets() && !helper.snippet().isEmpty();
      String start = opens && !block ? "#" : "";
      String text =
          filled
              ? start + written.substring(opens ? 1 : 0) + ending(spot, typed)
              : start + helper.name() + " ";
      CompletionItem item =
          Items.word(spot, typed.length(), helper, CompletionItemKind.Function, text, filled);
      items.add(item);
    }
    return Items.inOrder(Items.SECOND, items);
  }

  /// The braces that are still missing behind the cursor.
  static String ending(Spot spot, String typed) {
    return CLOSED.matcher(spot.after(typed.length())).lookingAt() ? "" : "}}";
  }
}
