package dev.promptls.app;

import dev.promptls.model.Device;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The flags of every command that uses a model.
final class ModelFlags {
  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description =
          "A model's name, a .gguf file, a folder, or remote:NAME. May be repeated where a command compares models.")
  List<String> models = List.of();

  @Option(names = "--device", paramLabel = "DEVICE", description = "auto, cpu, cuda or cuda:N.")
  private @Nullable String device;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads for arithmetic; by default one for each core.")
  private @Nullable Integer threads;

  @Option(names = "--offline", description = "Never connect to the network.")
  boolean offline;

  /// The device asked for, null if none was.
  ///
  /// @throws ParameterException if no device is called so
  @Nullable String device() {
    if (device != null && Device.named(device).isEmpty()) {
      throw UsageError.of(command, "--device must be " + Device.NAMES + ".");
    }
    return device;
  }

  /// The number of threads asked for, null if none was.
  ///
  /// @throws ParameterException if it is no number of threads
  @Nullable Integer threads() {
    if (threads != null && (threads < 1 || threads > 1024)) {
      throw UsageError.of(command, "--threads must be from 1 to 1024.");
    }
    return threads;
  }

  /// The model asked for, where a command takes one.
  @Nullable String first() {
    return models.isEmpty() ? null : models.getFirst();
  }

  /// The models asked for; one null where none is, which leaves the choice to the settings.
  List<@Nullable String> each() {
    List<@Nullable String> each = new ArrayList<>(models);
    if (each.isEmpty()) {
      each.add(null);
    }
    return each;
  }
}
