package dev.promptls.app;

import dev.promptls.model.Cancellation;
import dev.promptls.model.host.ChildCommand;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/// One command, run in this process with its streams captured and a store of its own.
///
/// @param code the exit code
record CommandRun(int code, String out, String err) {
  static CommandRun of(Path home, String stdin, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, false, StandardCharsets.UTF_8),
            false,
            false,
            Map.of(
                "PROMPTLS_HOME", home.toString(),
                "PROMPTLS_CONFIG", home.resolve("settings.json").toString()));
    Workbench bench =
        new Workbench(
            console, new ChildCommand(Main.class.getName(), HostEntry.NAME), new Cancellation());
    int code = Main.commandLine(bench).execute(arguments);
    return new CommandRun(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
