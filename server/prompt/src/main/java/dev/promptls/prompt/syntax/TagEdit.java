package dev.promptls.prompt.syntax;

import dev.promptls.prompt.text.ShiftedList;
import dev.promptls.prompt.text.Span;
import dev.promptls.prompt.text.TextEdit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the tags of a template follow an edit: those that have not seen it stay, the scanner begins
/// behind them, and where it meets a tag that it met before the edit, the rest is as it was.
///
/// @param before all tags before the edit
/// @param after all tags after it
/// @param from the index of the first tag that was read again
/// @param to behind the last tag before the edit that is gone; all further ones only moved
/// @param read the tags in their place, blocks not yet matched
/// @param growth how far the further ones moved
/// @param sameBlocks whether every other tag stands in the same blocks as before
record TagEdit(
    ShiftedList<Tag> before,
    ShiftedList<Tag> after,
    int from,
    int to,
    List<Tag> read,
    int growth,
    boolean sameBlocks) {
  /// How near to an edit a tag may end and still not have seen it.
  private static final int MARGIN = 8;

  /// Follows an edit; null if all has to be read anew.
  ///
  /// @param known the tags before the edit
  /// @param body before the edit
  /// @param newBody after it, with the same start
  static @Nullable TagEdit follow(
      List<Tag> known, Span body, TextEdit edit, String text, Span newBody) {
    if (!(known instanceof ShiftedList<Tag> before)) {
      return null;
    }
    int from = unseen(before, Math.min(edit.span().start(), body.end()));
    TagScanner scanner = new TagScanner(text, newBody);
    boolean sameEnd = body.end() + edit.growth() == newBody.end();
    int to = from;
    boolean met = false;
    int at = scanner.find(from == 0 ? newBody.start() : end(before, from - 1));
    while (at >= 0 && !met) {
      int old = at - edit.growth();
      while (to < before.size() && start(before, to) < old) {
        to++;
      }
      boolean behind = sameEnd && at > edit.endAfter() + MARGIN;
      met = behind && to < before.size() && start(before, to) == old;
      at = met ? at : scanner.find(scanner.next(at));
    }
    to = met ? to : before.size();
    if (scanner.isFarSighted()) {
      return null;
    }
    List<Tag> read = scanner.tags();
    ShiftedList<Tag> after = before.splice(from, to, read, edit.growth());
    boolean same = sameBlocks(before, from, to, read);
    return new TagEdit(before, BlockMatcher.match(after), from, to, read, edit.growth(), same);
  }

  /// How many tags were read without looking at what is at an offset or behind it.
  private static int unseen(ShiftedList<Tag> tags, int offset) {
    int count = tags.firstFrom(offset - TagScanner.REACH - MARGIN, tag -> tag.span().start());
    while (count > 0 && end(tags, count - 1) + MARGIN > offset) {
      count--;
    }
    return count;
  }

  private static boolean sameBlocks(ShiftedList<Tag> before, int from, int to, List<Tag> read) {
    int old = from;
    for (Tag tag : read) {
      if (tag.isBlock()) {
        while (old < to && !before.raw(old).isBlock()) {
          old++;
        }
        if (old == to || !before.raw(old++).isAlike(tag)) {
          return false;
        }
      }
    }
    while (old < to && !before.raw(old).isBlock()) {
      old++;
    }
    return old == to;
  }

  private static int start(ShiftedList<Tag> tags, int index) {
    return tags.raw(index).span().start() + tags.shift(index);
  }

  private static int end(ShiftedList<Tag> tags, int index) {
    return tags.raw(index).span().end() + tags.shift(index);
  }
}
