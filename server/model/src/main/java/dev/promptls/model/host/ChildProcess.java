package dev.promptls.model.host;

import com.google.gson.JsonParseException;
import dev.promptls.model.ModelException;
import dev.promptls.model.ModelInfo;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One running child and the requests it has not answered. Once ended it stays ended.
final class ChildProcess {
  private static final Logger LOG = LoggerFactory.getLogger(ChildProcess.class);
  private static final int REAP_SECONDS = 2;

  private final String name;
  private final Process process;
  private final Consumer<Ending> atEnd;
  private final BufferedWriter in;
  private final ErrorTail errors = new ErrorTail();
  private final CompletableFuture<ModelInfo> ready = new CompletableFuture<>();
  private final CompletableFuture<Ending> ended = new CompletableFuture<>();
  private volatile @Nullable Ending ending;
  private volatile boolean answered;
  private final Map<Long, Pending> pending = new ConcurrentHashMap<>();

  private ChildProcess(String name, Process process, Consumer<Ending> atEnd) {
    this.atEnd = atEnd;
    this.name = name;
    this.process = process;
    this.in =
        new BufferedWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
  }

  /// Starts a child.
  ///
  /// @param name of the model, for sentences
  /// @param atEnd called once, after the requests in flight have failed and before anybody can
  ///   learn of the end by [#ready()] or [#ended()]
  static ChildProcess start(String name, List<String> command, Consumer<Ending> atEnd)
      throws ModelException {
    Process process;
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      // The launcher of Java would announce these on standard error, and they are not meant for us.
      builder.environment().remove("JAVA_TOOL_OPTIONS");
      builder.environment().remove("JDK_JAVA_OPTIONS");
      builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
      // The C library would keep an arena for each thread and free memory for itself: 50 MB more.
      builder.environment().putIfAbsent("MALLOC_ARENA_MAX", "1");
      builder.environment().putIfAbsent("MALLOC_TRIM_THRESHOLD_", "131072");
      // A step reads all weights: a tenth of it is spent looking up pages unless they are huge, and
      // they can be only within glibc's heap, so nothing may be mapped apart from it.
      builder
          .environment()
          .putIfAbsent(
              "GLIBC_TUNABLES", "glibc.malloc.hugetlb=1:glibc.malloc.mmap_threshold=1073741824");
      process = builder.start();
    } catch (IOException e) {
      throw new ModelException(
          "The process for the model " + name + " cannot be started: " + e.getMessage() + ".", e);
    }
    ChildProcess child = new ChildProcess(name, process, atEnd);
    Thread reading =
        Thread.ofPlatform()
            .daemon()
            .name("model-child-errors")
            .start(() -> child.errors.drain(process.getErrorStream()));
    Thread.ofPlatform().daemon().name("model-child").start(() -> child.read(reading));
    return child;
  }

  /// Completed when the model is loaded; fails with a [ModelException] if it cannot be.
  CompletableFuture<ModelInfo> ready() {
    return ready;
  }

  /// Completed when the process is gone and all that follows from it is done.
  CompletableFuture<Ending> ended() {
    return ended;
  }

  boolean isAlive() {
    return ending == null && process.isAlive();
  }

  /// Whether it has answered a request.
  boolean hasAnswered() {
    return answered;
  }

  long pid() {
    return process.pid();
  }

  /// Sends a request.
  ///
  /// @param progress takes the replies before the last; called from the reading thread
  CompletableFuture<ToParent.Last> ask(
      long id, ToChild request, Consumer<ToParent.Reply> progress) {
    Pending waiting = new Pending(progress, new CompletableFuture<>());
    pending.put(id, waiting);
    send(request);
    // The reading thread may have failed the others already, and would never see this one.
    Ending end = ending;
    if (end != null) {
      fail(id, waiting, end);
    }
    return waiting.last;
  }

  /// Tells the child something that has no reply.
  void send(ToChild message) {
    synchronized (in) {
      try {
        in.write(Wire.line(message));
        in.write('\n');
        in.flush();
      } catch (IOException e) {
        // The reading thread sees its end too, and tells everybody who waits.
        LOG.debug("the child of {} is gone", name, e);
      }
    }
  }

  void kill() {
    process.destroyForcibly();
  }

  private void read(Thread errorReader) {
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        accept(line);
      }
    } catch (IOException e) {
      LOG.debug("the output of the child of {} ended", name, e);
    } finally {
      end(errorReader);
    }
  }

  private void accept(String line) {
    ToParent message;
    try {
      message = Wire.toParent(line);
    } catch (JsonParseException e) {
      // What a library printed, or HotSpot's last words.
      errors.add(line);
      return;
    }
    switch (message) {
      case ToParent.Ready(ModelInfo info) -> ready.complete(info);
      case ToParent.Refused(String sentence) ->
          ready.completeExceptionally(new ModelException(sentence));
      case ToParent.Last last -> {
        answered = true;
        Pending waiting = pending.remove(last.id());
        if (waiting != null) {
          waiting.last.complete(last);
        }
      }
      case ToParent.Reply reply -> {
        Pending waiting = pending.get(reply.id());
        if (waiting != null) {
          waiting.progress.accept(reply);
        }
      }
    }
  }

  private void end(Thread errorReader) {
    Ending end = reap(errorReader);
    ending = end;
    pending.forEach((id, waiting) -> fail(id, waiting, end));
    atEnd.accept(end);
    ready.completeExceptionally(refusal(end, "while it was being loaded"));
    ended.complete(end);
  }

  private Ending reap(Thread errorReader) {
    try {
      if (!process.waitFor(REAP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      errorReader.join(Duration.ofMillis(200));
      Ending end = new Ending(process.exitValue(), errors.crashFrame().orElse(""));
      LOG.debug("the process of {} {}: {}", name, end.words(), errors.text());
      return end;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
      return new Ending(0, "");
    }
  }

  private void fail(long id, Pending waiting, Ending end) {
    pending.remove(id);
    waiting.last.completeExceptionally(refusal(end, "before it had answered"));
  }

  private ModelException refusal(Ending end, String when) {
    return new ModelException(
        "The process of the model %s %s %s; ask again and it is started anew."
            .formatted(name, end.words(), when));
  }

  private record Pending(
      Consumer<ToParent.Reply> progress, CompletableFuture<ToParent.Last> last) {}
}
