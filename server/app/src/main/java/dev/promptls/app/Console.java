package dev.promptls.app;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Where a command reads and writes. Standard output holds the result alone; what a person should
/// know beside it goes to standard error.
///
/// @param terminalOut whether a person reads standard output
/// @param terminalErr whether a person reads standard error
record Console(
    InputStream in,
    PrintStream out,
    PrintStream err,
    boolean terminalOut,
    boolean terminalErr,
    Map<String, String> environment) {
  /// Set by the launcher, which can ask cheaply: the numbers of the descriptors that are terminals.
  private static final String TERMINALS = "promptls.terminals";

  /// The process's own streams, in UTF-8 whatever the locale says.
  static Console ofProcess(StandardOutput out) {
    String terminals = System.getProperty(TERMINALS, "");
    return new Console(
        System.in,
        new PrintStream(out, false, StandardCharsets.UTF_8),
        new PrintStream(new FileOutputStream(FileDescriptor.err), false, StandardCharsets.UTF_8),
        terminals.contains("1"),
        terminals.contains("2"),
        System.getenv());
  }

  /// Writes a line of the result. Lines end with LF on every platform.
  void line(String text) {
    out.print(text);
    out.print('\n');
    out.flush();
  }

  /// Writes a part of the result as it comes.
  void stream(String text) {
    out.print(text);
    out.flush();
  }

  /// Ends the line of a text that was streamed, if the text did not.
  void endLine(String streamed) {
    if (!streamed.endsWith("\n")) {
      stream("\n");
    }
  }

  /// Says something beside the result.
  void note(String sentence) {
    err.print("promptls: " + sentence + "\n");
    err.flush();
  }

  /// For libraries that write characters.
  PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }

  /// Text made to stand out where a person reads standard output and wants colours.
  String styled(Style style, String text) {
    return coloured() ? style.code + text + "\u001b[0m" : text;
  }

  /// Whether standard output may hold colours.
  boolean coloured() {
    return terminalOut
        && environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !environment.getOrDefault("TERM", "").equals("dumb");
  }

  /// Ways to stand out.
  enum Style {
    BOLD("\u001b[1m"),
    DIM("\u001b[2m"),
    GOOD("\u001b[32m"),
    BAD("\u001b[31m"),
    WARNING("\u001b[33m");

    private final String code;

    Style(String code) {
      this.code = code;
    }
  }
}
