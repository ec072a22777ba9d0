package dev.promptls.app;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;

/// Sets up logging when, and only when, something is first logged: to standard error, warnings and
/// worse, or what `PROMPTLS_LOG` says. The log system makes one by the name in its property.
public final class Logging {
  private static final String PROPERTY = "java.util.logging.config.class";
  private static final String LEVEL = "PROMPTLS_LOG";

  public Logging() throws IOException {
    String level = System.getenv().getOrDefault(LEVEL, "WARNING");
    String configuration =
        """
        handlers = java.util.logging.ConsoleHandler
        .level = %1$s
        # What it has to say of a schema is told to the author; its log would repeat patterns and values.
        com.networknt.level = OFF
        # A line of .gitignore that is no pattern matches nothing, and Git says nothing of it.
        org.eclipse.jgit.ignore.level = OFF
        java.util.logging.ConsoleHandler.level = %1$s
        java.util.logging.SimpleFormatter.format = promptls: %%4$s %%3$s: %%5$s%%6$s%%n
        """
            .formatted(level.matches("[A-Z]+") ? level : "WARNING");
    LogManager.getLogManager()
        .readConfiguration(
            new ByteArrayInputStream(configuration.getBytes(StandardCharsets.ISO_8859_1)));
  }

  static void prepare() {
    System.setProperty(PROPERTY, Logging.class.getName());
  }
}
