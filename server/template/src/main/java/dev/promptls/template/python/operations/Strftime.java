package dev.promptls.template.python.operations;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.Locale;

/// Formats a time as Python's `strftime` does in the C locale.
public final class Strftime {
  private Strftime() {}

  public static String format(LocalDateTime time, String format) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (c != '%' || i + 1 == format.length()) {
        out.append(c);
        continue;
      }
      char directive = format.charAt(++i);
      // glibc's mark for "no padding", which templates use.
      boolean bare = directive == '-' && i + 1 < format.length();
      if (bare) {
        directive = format.charAt(++i);
      }
      String value = directive(time, directive);
      out.append(bare ? value.replaceFirst("^0+(?=\\d)", "") : value);
    }
    return out.toString();
  }

  private static String directive(LocalDateTime t, char directive) {
    return switch (directive) {
      case 'a' -> t.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
      case 'A' -> t.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      case 'b', 'h' -> t.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
      case 'B' -> t.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      case 'c' -> format(t, "%a %b %e %H:%M:%S %Y");
      case 'C' -> padded(t.getYear() / 100, 2);
      case 'd' -> padded(t.getDayOfMonth(), 2);
      case 'D', 'x' -> format(t, "%m/%d/%y");
      case 'e' -> String.format(Locale.ROOT, "%2d", t.getDayOfMonth());
      case 'f' -> padded(t.getNano() / 1000, 6);
      case 'F' -> format(t, "%Y-%m-%d");
      case 'G' -> String.valueOf(t.get(IsoFields.WEEK_BASED_YEAR));
      case 'H' -> padded(t.getHour(), 2);
      case 'I' -> padded(t.get(ChronoField.CLOCK_HOUR_OF_AMPM), 2);
      case 'j' -> padded(t.getDayOfYear(), 3);
      case 'm' -> padded(t.getMonthValue(), 2);
      case 'M' -> padded(t.getMinute(), 2);
      case 'n' -> "\n";
      case 'p' -> t.getHour() < 12 ? "AM" : "PM";
      case 'r' -> format(t, "%I:%M:%S %p");
      case 'R' -> format(t, "%H:%M");
      case 'S' -> padded(t.getSecond(), 2);
      case 't' -> "\t";
      case 'T', 'X' -> format(t, "%H:%M:%S");
      case 'u' -> String.valueOf(t.getDayOfWeek().getValue());
      case 'U' -> padded((t.getDayOfYear() + 6 - t.getDayOfWeek().getValue() % 7) / 7, 2);
      case 'V' -> padded(t.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), 2);
      case 'w' -> String.valueOf(t.getDayOfWeek().getValue() % 7);
      case 'W' -> padded((t.getDayOfYear() + 7 - t.getDayOfWeek().getValue()) / 7, 2);
      case 'y' -> padded(t.getYear() % 100, 2);
      case 'Y' -> t.format(DateTimeFormatter.ofPattern("uuuu", Locale.ROOT));
      // A time without zone has no offset and no zone name.
      case 'z', 'Z' -> "";
      case '%' -> "%";
      default -> "%" + directive;
    };
  }

  private static String padded(int value, int width) {
    return String.format(Locale.ROOT, "%0" + width + "d", value);
  }
}
