package dev.promptls.model.host;

import dev.promptls.model.Cancellation;
import dev.promptls.model.Generation;
import dev.promptls.model.LanguageModel;
import dev.promptls.model.ModelException;
import dev.promptls.model.onnx.NativeHeap;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The child: loads one model and answers its parent until standard input ends or the parent does.
public final class ModelHost {
  /// The exit status after a model that could not be loaded.
  static final int REFUSED = 4;

  private static final Logger LOG = LoggerFactory.getLogger(ModelHost.class);

  private final BufferedWriter out;
  private final CompletableFuture<LanguageModel> model = new CompletableFuture<>();
  private final Map<Long, Cancellation> running = new ConcurrentHashMap<>();

  private ModelHost(BufferedWriter out) {
    this.out = out;
  }

  /// Runs a child to its end; the process exits here.
  ///
  /// @param arguments as the parent's [ChildModel] gives them
  public static void run(String[] arguments, ModelOpener opener) {
    InputStream in = new FileInputStream(FileDescriptor.in);
    OutputStreamWriter out =
        new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), StandardCharsets.UTF_8);
    // Whatever a library prints must not reach the protocol, nor may it read from it.
    System.setOut(System.err);
    System.setIn(InputStream.nullInputStream());
    AbruptEnd.whenAsked();
    ProcessHandle.current().parent().ifPresent(ModelHost::endWith);
    ModelHost host = new ModelHost(new BufferedWriter(out));
    // Not in this thread: the end of the parent must be seen also while a model loads.
    Thread.ofPlatform().name("load").start(() -> host.load(HostSettings.of(arguments), opener));
    host.serve(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
  }

  private static void endWith(ProcessHandle parent) {
    Thread.ofVirtual()
        .start(() -> {
          parent.onExit().join();
          AbruptEnd.now(0);
        });
  }

  private void load(HostSettings settings, ModelOpener opener) {
    try {
      LanguageModel loaded = opener.open(settings);
      send(new ToParent.Ready(loaded.info()));
      model.complete(loaded);
      // The vocabulary was read into the heap to be built into a tokenizer outside of it.
      System.gc();
      NativeHeap.trim();
    } catch (ModelException e) {
      send(new ToParent.Refused(e.getMessage()));
      AbruptEnd.now(REFUSED);
    } catch (RuntimeException e) {
      LOG.error("cannot load {}", settings.name(), e);
      send(new ToParent.Refused("The model " + settings.name() + " cannot be loaded: " + e + "."));
      AbruptEnd.now(REFUSED);
    }
  }

  private void serve(BufferedReader in) {
    try {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        accept(Wire.toChild(line));
      }
    } catch (IOException e) {
      LOG.debug("the parent is gone", e);
    } finally {
      AbruptEnd.now(0);
    }
  }

  private void accept(ToChild message) {
    switch (message) {
      case ToChild.Cancel(long id) -> {
        Cancellation cancellation = running.get(id);
        if (cancellation != null) {
          cancellation.cancel();
        }
      }
      case ToChild.Generate(long id, var request) ->
          start(
              id,
              (loaded, cancellation) ->
                  new ToParent.Generated(
                      id,
                      loaded.generate(
                          request, text -> send(new ToParent.Text(id, text)), cancellation)));
      case ToChild.GenerateAll(long id, var requests) ->
          start(
              id,
              (loaded, cancellation) -> {
                List<Generation> all =
                    loaded.generateAll(
                        requests,
                        (index, generation) -> send(new ToParent.Item(id, index, generation)),
                        cancellation);
                return new ToParent.GeneratedAll(id, all);
              });
      case ToChild.ScoreText(long id, var request) ->
          start(
              id,
              (loaded, cancellation) ->
                  new ToParent.Scored(id, loaded.score(request, cancellation)));
    }
  }

  private void start(long id, Work work) {
    Cancellation cancellation = new Cancellation();
    running.put(id, cancellation);
    Thread.ofVirtual().start(() -> send(answer(id, work, cancellation)));
  }

  private ToParent answer(long id, Work work, Cancellation cancellation) {
    try {
      return work.on(model.join(), cancellation);
    } catch (ModelException e) {
      return new ToParent.Failed(id, e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("request {} failed", id, e);
      return new ToParent.Failed(id, "The model failed: " + e + ".");
    } finally {
      running.remove(id);
    }
  }

  private void send(ToParent message) {
    String line = Wire.line(message);
    synchronized (out) {
      try {
        out.write(line);
        out.write('\n');
        out.flush();
      } catch (IOException e) {
        LOG.debug("the parent is gone", e);
        AbruptEnd.now(0);
      }
    }
  }

  /// What one request does with the model; its result is the last message of the request.
  private interface Work {
    ToParent on(LanguageModel model, Cancellation cancellation) throws ModelException;
  }
}
