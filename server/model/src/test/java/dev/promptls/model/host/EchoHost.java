package dev.promptls.model.host;

import dev.promptls.model.Cancellation;
import dev.promptls.model.Finish;
import dev.promptls.model.GenerateRequest;
import dev.promptls.model.Generation;
import dev.promptls.model.Input;
import dev.promptls.model.LanguageModel;
import dev.promptls.model.ModelException;
import dev.promptls.model.ModelInfo;
import dev.promptls.model.Score;
import dev.promptls.model.ScoreRequest;
import dev.promptls.model.Timing;
import dev.promptls.model.TokenIds;
import dev.promptls.model.TokenSink;
import dev.promptls.model.Usage;
import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// A child whose model answers with its prompt, or does what the prompt says: `crash`, `print`,
/// `fail`, `wait` until cancelled, `brittle` the same but crashing where C libraries clean up.
public final class EchoHost implements LanguageModel {
  public static void main(String[] arguments) {
    ModelHost.run(
        arguments,
        settings -> {
          if (settings.name().contains("broken")) {
            throw new ModelException("The file " + settings.name() + " is broken.");
          }
          if (settings.name().contains("deadly")) {
            crash();
          }
          return new EchoHost();
        });
  }

  @Override
  public ModelInfo info() {
    return new ModelInfo("echo", "echo", "none", 0, 64, 256, null, null, null, false);
  }

  @Override
  public Generation generate(GenerateRequest request, TokenSink sink, Cancellation cancellation)
      throws ModelException {
    String text = ((Input.Text) request.input()).text();
    switch (text) {
      case "crash" -> crash();
      case "print" -> System.out.println("{\"noise\": 1}");
      case "fail" -> throw new ModelException("It does not want to.");
      case "wait", "brittle" -> {
        if (text.equals("brittle")) {
          crashAtExit();
        }
        sink.accept("waiting");
        CountDownLatch cancelled = new CountDownLatch(1);
        cancellation.onCancel(cancelled::countDown);
        await(cancelled);
        return answer(text, Finish.CANCELLED);
      }
      default -> text.codePoints().forEach(c -> sink.accept(Character.toString(c)));
    }
    return answer(text, Finish.STOP);
  }

  @Override
  public List<Generation> generateAll(
      List<GenerateRequest> requests, BatchSink sink, Cancellation cancellation)
      throws ModelException {
    List<Generation> all = new ArrayList<>();
    for (GenerateRequest request : requests) {
      all.add(generate(request, TokenSink.NONE, cancellation));
      sink.accept(all.size() - 1, all.getLast());
    }
    return all;
  }

  @Override
  public Score score(ScoreRequest request, Cancellation cancellation) {
    return new Score(
        TokenIds.of(1, 2),
        List.of(Double.NEGATIVE_INFINITY),
        List.of(List.of(new Score.Likely(3, -0.5))));
  }

  @Override
  public void close() {}

  private static Generation answer(String text, Finish finish) {
    return new Generation(
        text, text, TokenIds.of(7, 8), finish, new Usage(1, 0, 2), new Timing(1, 2, 3, 4));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Has the C library die of a signal where it cleans up before the end of the process.
  @SuppressWarnings("restricted")
  private static void crashAtExit() {
    Linker linker = Linker.nativeLinker();
    MemorySegment abort = linker.defaultLookup().findOrThrow("abort");
    MethodHandle atExit =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("__cxa_atexit"),
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.ADDRESS,
                ValueLayout.ADDRESS));
    try {
      var _ = (int) atExit.invokeExact(abort, MemorySegment.NULL, MemorySegment.NULL);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /// Dies of the signal that broken native code dies of.
  private static void crash() {
    try {
      new ProcessBuilder("kill", "-SEGV", Long.toString(ProcessHandle.current().pid()))
          .start()
          .waitFor();
      Thread.currentThread().join();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
