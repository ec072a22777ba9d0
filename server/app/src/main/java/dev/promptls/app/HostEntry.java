package dev.promptls.app;

import dev.promptls.model.Device;
import dev.promptls.model.LanguageModel;
import dev.promptls.model.ModelException;
import dev.promptls.model.decode.Engine;
import dev.promptls.model.decode.EngineSettings;
import dev.promptls.model.host.HostSettings;
import dev.promptls.model.host.ModelHost;
import dev.promptls.model.host.NativeRuntime;
import dev.promptls.model.onnx.ModelFolder;
import dev.promptls.model.onnx.OrtLibrary;
import dev.promptls.model.tokens.NativeLibraries;
import java.nio.file.Path;
import java.util.List;

/// The entry of the child process that holds a model. It stands before the commands, so that a
/// child does not pay for them.
final class HostEntry {
  static final String NAME = "model-host";

  private HostEntry() {}

  static void run(List<String> arguments) {
    ModelHost.run(arguments.toArray(String[]::new), HostEntry::open);
  }

  private static LanguageModel open(HostSettings settings) throws ModelException {
    Path libraries = settings.home().resolve("native");
    NativeLibraries.unpackInto(libraries);
    OrtLibrary.unpackInto(libraries);
    // Where ONNX Runtime does not load, this says so.
    var _ = NativeRuntime.load();
    Device device = Device.parse(settings.device());
    return Engine.open(
        ModelFolder.open(settings.model()), EngineSettings.of(device, settings.threads()));
  }
}
