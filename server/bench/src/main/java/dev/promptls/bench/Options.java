package dev.promptls.bench;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the person asks for.
///
/// @param model a name of the store or a GGUF file; null for the default model
/// @param threads each is measured on its own where threads matter
/// @param rounds null leaves it to the measurement
/// @param vectors reference values; null for those beside the repository
record Options(
    String measurement,
    @Nullable String model,
    List<Integer> threads,
    @Nullable Integer rounds,
    @Nullable Path vectors,
    boolean json) {
  static final String USAGE =
      "usage: run %s [--model NAME|FILE.gguf] [--threads 1,2] [--rounds N] [--vectors FILE.jsonl] [--json]";

  /// @throws IllegalArgumentException if the arguments are not as `USAGE` tells
  static Options parse(String[] arguments) {
    Deque<String> rest = new ArrayDeque<>(List.of(arguments));
    if (rest.isEmpty()) {
      throw new IllegalArgumentException("Name what to measure.");
    }
    Options options = new Options(rest.remove(), null, List.of(1, 2), null, null, false);
    while (!rest.isEmpty()) {
      String flag = rest.remove();
      options = options.with(flag, flag.equals("--json") ? "" : value(flag, rest));
    }
    return options;
  }

  private static String value(String flag, Deque<String> rest) {
    if (rest.isEmpty()) {
      throw new IllegalArgumentException("A value is missing after " + flag + ".");
    }
    return rest.remove();
  }

  private Options with(String flag, String value) {
    return switch (flag) {
      case "--model" -> new Options(measurement, value, threads, rounds, vectors, json);
      case "--threads" ->
          new Options(
              measurement,
              model,
              Arrays.stream(value.split(",", -1)).map(Options::positive).toList(),
              rounds,
              vectors,
              json);
      case "--rounds" -> new Options(measurement, model, threads, positive(value), vectors, json);
      case "--vectors" -> new Options(measurement, model, threads, rounds, Path.of(value), json);
      case "--json" -> new Options(measurement, model, threads, rounds, vectors, true);
      default -> throw new IllegalArgumentException("There is no flag " + flag + ".");
    };
  }

  private static int positive(String text) {
    if (!text.matches("[1-9]\\d{0,3}")) {
      throw new IllegalArgumentException("Not a number from 1 to 9999: " + text + ".");
    }
    return Integer.parseInt(text);
  }

  int roundsOr(int usual) {
    return rounds == null ? usual : rounds;
  }
}
