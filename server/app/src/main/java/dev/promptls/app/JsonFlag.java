package dev.promptls.app;

import picocli.CommandLine.Option;

/// The flag of a command whose result can be read by programs.
final class JsonFlag {
  @Option(names = "--json", description = "Print one JSON document.")
  boolean json;
}
