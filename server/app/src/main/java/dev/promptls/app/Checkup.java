package dev.promptls.app;

import dev.promptls.model.ModelException;
import dev.promptls.model.host.CrashRecord;
import dev.promptls.model.host.NativeRuntime;
import dev.promptls.model.settings.Endpoint;
import dev.promptls.model.settings.Platform;
import dev.promptls.model.settings.UserSettings;
import dev.promptls.model.store.Catalogue;
import dev.promptls.model.store.InstalledModel;
import dev.promptls.model.store.Store;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One look at this machine and this user's settings. Makes no connection unless it is to.
///
/// @param online whether to try the endpoints of the settings
record Checkup(Workbench bench, boolean online) {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final long LITTLE_MEMORY = 2L << 30;
  private static final long LITTLE_SPACE = 1L << 30;

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    findings.add(java());
    findings.add(machine());
    findings.add(runtime());
    findings.add(device());
    Optional<Store> store = settingsAndStore(findings);
    store.ifPresent(found -> {
      findings.add(folder(found.home()));
      findings.addAll(models(found));
    });
    return findings;
  }

  private static Finding java() {
    return Finding.ok(
        "Java",
        "%s %s in %s"
            .formatted(
                System.getProperty("java.vendor"),
                System.getProperty("java.version"),
                System.getProperty("java.home")));
  }

  private static Finding machine() {
    long memory = memory();
    String found =
        "%s %s, %d cores%s"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                memory > 0 ? ", %.1f GB of memory".formatted(memory / 1e9) : "");
    return memory > 0 && memory < LITTLE_MEMORY
        ? Finding.note("Machine", found, "Keep to models of less than 1 GB.")
        : Finding.ok("Machine", found);
  }

  /// Of the whole machine in bytes; 0 where the system does not tell.
  private static long memory() {
    try {
      return Files.readAllLines(Path.of("/proc/meminfo")).stream()
          .filter(line -> line.startsWith("MemTotal:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }

  private static Finding runtime() {
    try {
      NativeRuntime runtime = NativeRuntime.load();
      return Finding.ok(
          "ONNX Runtime", runtime.version() + " with " + String.join(", ", runtime.providers()));
    } catch (ModelException e) {
      return Finding.broken("ONNX Runtime", e.getMessage(), "Local models cannot run here.");
    }
  }

  private static Finding device() {
    try {
      return NativeRuntime.load().providers().contains("CUDA")
          ? Finding.ok("GPU", "the CUDA provider is there: --device cuda")
          : Finding.note(
              "GPU",
              "no CUDA provider; models run on the CPU",
              "With an NVIDIA GPU, install the onnxruntime_gpu artifact (see the README).");
    } catch (ModelException e) {
      return Finding.note("GPU", "unknown, ONNX Runtime does not load", "See above.");
    }
  }

  private Optional<Store> settingsAndStore(List<Finding> findings) {
    Map<String, String> environment = bench.console().environment();
    try {
      UserSettings settings = bench.settings();
      findings.add(
          Finding.ok(
              "Settings",
              "%s (%d endpoints%s)"
                  .formatted(
                      Platform.current(environment).settings(),
                      settings.endpoints().size(),
                      settings.model() == null ? "" : ", model " + settings.model())));
      if (online) {
        settings.endpoints().values().forEach(endpoint -> findings.add(reach(endpoint)));
      }
      return Optional.of(bench.store());
    } catch (ModelException e) {
      findings.add(Finding.broken("Settings", e.getMessage(), "Correct them and try again."));
      return Optional.empty();
    }
  }

  private static Finding folder(Path home) {
    String name = "Store";
    try {
      Path existing = home;
      while (!Files.exists(existing) && existing.getParent() != null) {
        existing = existing.getParent();
      }
      if (!Files.isWritable(existing)) {
        return Finding.broken(
            name, home + " cannot be written", "Set PROMPTLS_HOME to a folder that can.");
      }
      long free = Files.getFileStore(existing).getUsableSpace();
      String found = "%s, %.1f GB free".formatted(home, free / 1e9);
      return free < LITTLE_SPACE
          ? Finding.note(name, found, "Free some space before you pull models.")
          : Finding.ok(name, found);
    } catch (IOException e) {
      return Finding.broken(name, home + ": " + e.getMessage(), "Set PROMPTLS_HOME elsewhere.");
    }
  }

  private static List<Finding> models(Store store) {
    List<Finding> findings = new ArrayList<>();
    Catalogue.Entry standard = store.catalogue().defaultModel();
    try {
      Optional<InstalledModel> installed = store.find(standard.name());
      if (installed.isEmpty()) {
        findings.add(
            Finding.note(
                "Default model",
                standard.name() + " is not installed",
                "It is pulled at first use, or now by `promptls model pull`."));
      } else {
        findings.add(
            installed.get().sha256().equals(standard.sha256())
                ? Finding.ok("Default model", standard.name() + ", digest as pinned")
                : Finding.broken(
                    "Default model",
                    standard.name() + " has another digest than the one pinned",
                    "Run `promptls model remove " + standard.name() + "` and pull it again."));
      }
      CrashRecord crashes = new CrashRecord(store.home());
      for (InstalledModel model : store.list()) {
        if (crashes.crashes(model.sha256()) > 0) {
          findings.add(
              Finding.note(
                  "Crashes",
                  model.name() + " crashed its process",
                  "`promptls model info " + model.name() + " --forgive` forgets it."));
        }
      }
    } catch (ModelException e) {
      findings.add(Finding.broken("Models", e.getMessage(), "Set PROMPTLS_HOME elsewhere."));
    }
    return findings;
  }

  private static Finding reach(Endpoint endpoint) {
    String name = "Endpoint";
    String what = endpoint.name() + " at " + endpoint.url();
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      HttpRequest request = HttpRequest.newBuilder(endpoint.url()).timeout(PATIENCE).GET().build();
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      return Finding.ok(name, what + " answers (status " + status + ")");
    } catch (IOException e) {
      return Finding.broken(name, what + " does not answer", "Check its address and start it.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Finding.broken(name, what + " was not waited for", "Try again.");
    }
  }
}
