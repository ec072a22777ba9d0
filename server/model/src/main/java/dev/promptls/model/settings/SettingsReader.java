package dev.promptls.model.settings;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.promptls.model.Device;
import dev.promptls.model.ModelException;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads settings.json. Keys may be nested or written with dots, as editors do. Unknown keys are
/// left alone: another version may know them. A value is never repeated in an error, it could be a
/// key.
final class SettingsReader {
  private static final Pattern NAME = Pattern.compile("[\\w.-]{1,64}");
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final int MOST_THREADS = 1024;

  private final Path file;
  private final String userHome;

  SettingsReader(Path file, String userHome) {
    this.file = file;
    this.userHome = userHome;
  }

  UserSettings read(String text) throws ModelException {
    if (text.isBlank()) {
      return UserSettings.NONE;
    }
    JsonElement root;
    try {
      root = JsonParser.parseString(text);
    } catch (JsonParseException e) {
      throw new ModelException(file + " is no valid JSON: correct it or delete it.", e);
    }
    JsonObject all = object(root, "its content");
    String device = string(all, "device");
    if (device != null && Device.named(device).isEmpty()) {
      throw wrong("device", Device.NAMES);
    }
    return new UserSettings(
        string(all, "model"),
        device,
        threads(all),
        paths(all),
        endpoints(all),
        Collections.unmodifiableSet(environment(all)));
  }

  private @Nullable Integer threads(JsonObject all) throws ModelException {
    JsonElement value = all.get("threads");
    if (value == null || value.isJsonNull()) {
      return null;
    }
    boolean number = value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber();
    double threads = number ? value.getAsDouble() : -1;
    if (threads < 1 || threads > MOST_THREADS || threads != Math.rint(threads)) {
      throw wrong("threads", "a whole number from 1 to " + MOST_THREADS);
    }
    return (int) threads;
  }

  private List<Path> paths(JsonObject all) throws ModelException {
    List<Path> paths = new ArrayList<>();
    for (String text : strings(all, "modelPaths")) {
      try {
        boolean inHome = text.equals("~") || text.startsWith("~/") || text.startsWith("~\\");
        Path path =
            inHome
                ? Path.of(userHome).resolve(text.substring(Math.min(2, text.length())))
                : Path.of(text);
        if (!path.isAbsolute()) {
          throw wrong("modelPaths", "a list of absolute paths");
        }
        paths.add(path.normalize());
      } catch (InvalidPathException e) {
        throw wrong("modelPaths", "a list of absolute paths");
      }
    }
    return List.copyOf(paths);
  }

  private Set<String> environment(JsonObject all) throws ModelException {
    Set<String> names = new TreeSet<>(strings(all, "allowedEnvironment"));
    if (!names.stream().allMatch(name -> VARIABLE.matcher(name).matches())) {
      throw wrong("allowedEnvironment", "a list of names of environment variables");
    }
    return names;
  }

  private Map<String, Endpoint> endpoints(JsonObject all) throws ModelException {
    Map<String, Endpoint> endpoints = new LinkedHashMap<>();
    JsonElement nested = at(all, "remote.endpoints");
    if (nested != null && !nested.isJsonNull()) {
      for (Map.Entry<String, JsonElement> entry : object(nested, "remote.endpoints").entrySet()) {
        endpoints.put(entry.getKey(), endpoint(entry.getKey(), entry.getValue()));
      }
    }
    String prefix = "remote.endpoints.";
    for (Map.Entry<String, JsonElement> entry : all.entrySet()) {
      if (entry.getKey().startsWith(prefix)) {
        String name = entry.getKey().substring(prefix.length());
        endpoints.put(name, endpoint(name, entry.getValue()));
      }
    }
    return Collections.unmodifiableMap(endpoints);
  }

  private Endpoint endpoint(String name, JsonElement value) throws ModelException {
    String where = "remote.endpoints." + name;
    if (!NAME.matcher(name).matches()) {
      throw wrong("remote.endpoints", "names of letters, digits, dots and dashes");
    }
    JsonObject fields = object(value, where);
    String keyEnv = string(fields, "keyEnv", where);
    if (keyEnv != null && !VARIABLE.matcher(keyEnv).matches()) {
      throw wrong(where + ".keyEnv", "the name of an environment variable, not the key itself");
    }
    String key = string(fields, "key", where);
    String model = string(fields, "model", where);
    return new Endpoint(
        name,
        url(string(fields, "url", where), where),
        model == null ? "" : model,
        keyEnv,
        key == null ? null : new Secret(key));
  }

  private URI url(@Nullable String text, String where) throws ModelException {
    String expected = "a web address such as http://127.0.0.1:8000/v1";
    URI url;
    try {
      url = URI.create(text == null ? "" : text.strip().replaceFirst("/+$", ""));
    } catch (IllegalArgumentException e) {
      throw wrong(where + ".url", expected);
    }
    boolean web =
        "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
    boolean plain =
        url.getRawUserInfo() == null && url.getRawQuery() == null && url.getFragment() == null;
    if (!web || !plain || url.getHost() == null) {
      throw wrong(where + ".url", expected);
    }
    return url;
  }

  /// The value of a path of keys, each of which may be nested or joined with a dot.
  private static @Nullable JsonElement at(JsonObject object, String path) {
    JsonElement direct = object.get(path);
    if (direct != null) {
      return direct;
    }
    int dot = path.indexOf('.');
    boolean nested = dot > 0 && object.get(path.substring(0, dot)) instanceof JsonObject;
    return nested
        ? at(object.getAsJsonObject(path.substring(0, dot)), path.substring(dot + 1))
        : null;
  }

  private List<String> strings(JsonObject all, String key) throws ModelException {
    JsonElement value = all.get(key);
    if (value == null || value.isJsonNull()) {
      return List.of();
    }
    if (!(value instanceof JsonArray array)) {
      throw wrong(key, "a list of texts");
    }
    List<String> texts = new ArrayList<>();
    for (JsonElement each : array) {
      if (!each.isJsonPrimitive() || !each.getAsJsonPrimitive().isString()) {
        throw wrong(key, "a list of texts");
      }
      texts.add(each.getAsString());
    }
    return texts;
  }

  private @Nullable String string(JsonObject all, String key) throws ModelException {
    return string(all, key, "");
  }

  private @Nullable String string(JsonObject all, String key, String where) throws ModelException {
    JsonElement value = all.get(key);
    if (value == null || value.isJsonNull()) {
      return null;
    }
    if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isString()) {
      throw wrong(where.isEmpty() ? key : where + "." + key, "a text");
    }
    return value.getAsString();
  }

  private JsonObject object(JsonElement value, String what) throws ModelException {
    if (value instanceof JsonObject object) {
      return object;
    }
    throw wrong(what, "an object in braces");
  }

  private ModelException wrong(String key, String expected) {
    return new ModelException(
        "%s in %s is not %s: correct it there.".formatted(key, file, expected));
  }
}
