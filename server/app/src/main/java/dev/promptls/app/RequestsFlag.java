package dev.promptls.app;

import picocli.CommandLine.Option;

/// The flag of a command that takes many requests at once; see [JsonLines].
final class RequestsFlag {
  @Option(names = "--jsonl", description = "Read requests from standard input, one a line.")
  boolean jsonl;
}
