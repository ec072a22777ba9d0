package dev.promptls.model.host;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How a child is started: this process's own Java and class path, with settings fit for a process
/// whose memory is the model's and not the heap's.
///
/// @param mainClass whose `main` calls [ModelHost#run]
/// @param arguments given before those of the settings
/// @param options for Java, after ours
/// @param yielding whether this process goes first where both want the processor
public record ChildCommand(
    String mainClass, List<String> arguments, List<String> options, boolean yielding) {
  private static final Path NICE = Path.of("/usr/bin/nice");

  /// Where the processor is wanted by both, three quarters of it are left to the parent.
  private static final String NICENESS = "5";

  public ChildCommand(String mainClass, String... arguments) {
    this(mainClass, List.of(arguments), List.of(), false);
  }

  /// The same for a process in which somebody waits for milliseconds: the child computes with as
  /// many threads as there are processors, and would keep it from answering. Has no effect on
  /// systems without `nice`.
  public ChildCommand behindParent() {
    return new ChildCommand(mainClass, arguments, options, true);
  }

  /// The command, but for the class path, which goes by the environment: ONNX Runtime matches its
  /// process's command line against a regular expression, one call deeper for each character, and
  /// runs out of stack where it is long.
  List<String> line(HostSettings settings) {
    List<String> line = new ArrayList<>();
    if (yielding && Files.isExecutable(NICE)) {
      line.addAll(List.of(NICE.toString(), "-n", NICENESS));
    }
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-Xms8m",
            "-Xmx512m",
            // What loading needed is given back at once, see ModelHost.
            "-XX:MinHeapFreeRatio=10",
            "-XX:MaxHeapFreeRatio=30",
            "-XX:-ShrinkHeapInSteps",
            "-XX:MaxDirectMemorySize=64g",
            "-XX:+ExitOnOutOfMemoryError",
            // A crash is expected now and then: no core, no report file, one summary on stderr.
            "-XX:-CreateCoredumpOnCrash",
            "-XX:ErrorFile=" + (File.separatorChar == '/' ? "/dev/null" : "NUL"),
            "-XX:+DisplayVMOutputToStderr",
            "-Xlog:disable",
            "-Xlog:all=error:stderr",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"));
    line.addAll(options);
    line.add(mainClass);
    line.addAll(arguments);
    line.addAll(settings.arguments());
    return line;
  }
}
