package dev.promptls.model.tokens;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Hosted models by the names that prompts give them. The list is a data file beside this class.
public final class KnownModels {
  private static final String DATA = "known-models.csv";
  private static final String SEPARATORS = "-:@_";
  private static final Map<String, KnownModel> MODELS = load();

  private KnownModels() {}

  /// What is known of a hosted model.
  ///
  /// @param name that of the family in the list
  /// @param contextWindow in tokens
  /// @param encoding OpenAI's name of the model's tokenizer; empty where it is not public
  public record KnownModel(String name, int contextWindow, Optional<String> encoding) {}

  /// The model that a prompt's `model:` key means, with or without a provider (`openai/gpt-4o`,
  /// `googleai/gemini-2.5-flash`), a date or a version behind it.
  public static Optional<KnownModel> find(String name) {
    String bare = bareName(name);
    for (int end = bare.length(); end > 0; end--) {
      boolean boundary = end == bare.length() || SEPARATORS.indexOf(bare.charAt(end)) >= 0;
      KnownModel model = boundary ? MODELS.get(bare.substring(0, end)) : null;
      if (model != null) {
        return Optional.of(model);
      }
    }
    return Optional.empty();
  }

  /// All that are known, by name.
  public static List<KnownModel> all() {
    return MODELS.values().stream().sorted(Comparator.comparing(KnownModel::name)).toList();
  }

  private static String bareName(String name) {
    String bare = name.strip().toLowerCase(Locale.ROOT);
    bare = bare.substring(bare.lastIndexOf('/') + 1);
    return bare.startsWith("ft:") ? bare.substring(3) : bare;
  }

  private static Map<String, KnownModel> load() {
    Map<String, KnownModel> models = new HashMap<>();
    InputStream data = Objects.requireNonNull(KnownModels.class.getResourceAsStream(DATA));
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(data, StandardCharsets.UTF_8))) {
      lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(",", -1))
          .forEach(field ->
              models.put(
                  field[0],
                  new KnownModel(
                      field[0],
                      Integer.parseInt(field[1]),
                      Optional.of(field[2]).filter(encoding -> !encoding.isEmpty()))));
    } catch (IOException e) {
      throw new UncheckedIOException(DATA + " is part of this program and was not readable.", e);
    }
    return Map.copyOf(models);
  }
}
