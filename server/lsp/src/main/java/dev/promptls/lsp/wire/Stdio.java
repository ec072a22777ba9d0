package dev.promptls.lsp.wire;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;

/// The two streams of the protocol, kept from everybody else.
///
/// @param in requests
/// @param out replies: protocol and nothing else
public record Stdio(InputStream in, OutputStream out) {
  /// Takes the process's own streams. From then on what anybody prints goes to stderr, and whoever
  /// reads finds an empty stream.
  public static Stdio claim() {
    var stdio =
        new Stdio(new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out));
    System.setIn(InputStream.nullInputStream());
    System.setOut(System.err);
    return stdio;
  }
}
