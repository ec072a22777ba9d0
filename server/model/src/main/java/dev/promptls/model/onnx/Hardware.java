package dev.promptls.model.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import dev.promptls.model.Device;
import dev.promptls.model.ModelException;
import java.nio.file.Path;

/// What a graph runs on.
///
/// @param threads for arithmetic on the processor
public record Hardware(Device device, int threads) {
  /// Only the processor.
  public static Hardware cpu(int threads) {
    return new Hardware(new Device.Cpu(), threads);
  }

  /// Whether this ONNX Runtime comes with CUDA.
  public static boolean hasCuda() {
    return OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA);
  }

  /// The processor unless a GPU was asked for by name: for graphs that are faster there.
  Hardware orElseCpu() {
    return device instanceof Device.Auto ? cpu(threads) : this;
  }

  /// Whether nothing but the processor comes into question.
  boolean isCpu() {
    return switch (device) {
      case Device.Cpu() -> true;
      case Device.Cuda(int _) -> false;
      case Device.Auto() -> !hasCuda();
    };
  }

  /// A session for a graph that was checked. `auto` takes the processor where the GPU fails.
  ///
  /// @throws ModelException if the device that was asked for cannot be had
  OrtSession open(Path graph) throws OrtException, ModelException {
    return switch (device) {
      case Device.Cpu() -> onCpu(graph);
      case Device.Cuda(int index) -> onAskedGpu(graph, index);
      case Device.Auto() -> hasCuda() ? onGpuOrCpu(graph) : onCpu(graph);
    };
  }

  private OrtSession onCpu(Path graph) throws OrtException {
    try (SessionOptions options = options()) {
      return OrtEnvironment.getEnvironment().createSession(graph.toString(), options);
    }
  }

  private OrtSession onGpu(Path graph, int index) throws OrtException {
    try (SessionOptions options = options()) {
      options.addCUDA(index);
      return OrtEnvironment.getEnvironment().createSession(graph.toString(), options);
    }
  }

  private OrtSession onAskedGpu(Path graph, int index) throws OrtException, ModelException {
    if (!hasCuda()) {
      throw new ModelException(
          ("The device cuda:%d needs ONNX Runtime with CUDA, which is not installed here: put the"
                  + " jar com.microsoft.onnxruntime:onnxruntime_gpu in the place of"
                  + " com.microsoft.onnxruntime:onnxruntime, or use --device cpu.")
              .formatted(index));
    }
    try {
      return onGpu(graph, index);
    } catch (OrtException e) {
      throw new ModelException(
          ("The device cuda:%d cannot run the model (%s): check that nvidia-smi lists it and that"
                  + " CUDA and cuDNN are installed, or use --device cpu.")
              .formatted(index, e.getMessage()),
          e);
    }
  }

  private OrtSession onGpuOrCpu(Path graph) throws OrtException {
    try {
      return onGpu(graph, 0);
    } catch (OrtException e) {
      // The artifact is there and the driver is not, or the memory is too small: nobody asked for
      // the GPU by name.
      return onCpu(graph);
    }
  }

  private SessionOptions options() throws OrtException {
    SessionOptions options = new SessionOptions();
    options.setIntraOpNumThreads(threads);
    options.setInterOpNumThreads(1);
    options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
    // Sequences have all lengths, so patterns would only pile up.
    options.setMemoryPatternOptimization(false);
    return options;
  }
}
