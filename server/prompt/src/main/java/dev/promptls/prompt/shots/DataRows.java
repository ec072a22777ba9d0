package dev.promptls.prompt.shots;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.promptls.prompt.render.JsonPrinter;
import dev.promptls.prompt.render.JsonValues;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/// Rows of a data file: JSON objects one a line (`.jsonl`), a list of them (`.json`), or a table
/// whose first line names the columns (`.csv`, `.tsv`).
public final class DataRows {
  /// In UTF-16 units of the file.
  static final int MAX_LENGTH = 16 << 20;

  static final int MAX_ROWS = 100_000;

  private DataRows() {}

  /// A data file that cannot be used. The message is one sentence.
  public static final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1;

    UnreadableException(String sentence) {
      super(sentence);
    }
  }

  /// Reads a data file.
  ///
  /// @param name tells what is in it by its ending
  public static List<Map<String, @Nullable Object>> read(String name, String text)
      throws UnreadableException {
    if (text.length() > MAX_LENGTH) {
      throw new UnreadableException(name + " is larger than 16 MiB; take a part of its rows.");
    }
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".csv")) {
      return table(name, text, CSVFormat.RFC4180);
    }
    if (lower.endsWith(".tsv")) {
      return table(name, text, CSVFormat.TDF);
    }
    return lower.endsWith(".json") ? list(name, text) : lines(name, text);
  }

  private static List<Map<String, @Nullable Object>> lines(String name, String text)
      throws UnreadableException {
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      if (!line.isBlank()) {
        add(rows, json(name, number, line), name, number);
      }
    }
    return rows;
  }

  private static List<Map<String, @Nullable Object>> list(String name, String text)
      throws UnreadableException {
    JsonElement json = json(name, 1, text);
    if (!json.isJsonArray()) {
      throw new UnreadableException(name + " is no list of rows; write [{…}, {…}].");
    }
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    for (JsonElement row : json.getAsJsonArray()) {
      add(rows, row, name, rows.size() + 1);
    }
    return rows;
  }

  private static JsonElement json(String name, int number, String text) throws UnreadableException {
    try {
      return JsonParser.parseString(text);
    } catch (JsonParseException | NumberFormatException e) {
      throw new UnreadableException(
          name + " holds something that is not JSON, in row " + number + ".");
    }
  }

  private static void add(
      List<Map<String, @Nullable Object>> rows, JsonElement row, String name, int number)
      throws UnreadableException {
    if (!(row instanceof JsonObject object)) {
      throw new UnreadableException("Row " + number + " of " + name + " is no object {…}.");
    }
    refuseMore(rows, name);
    rows.add(JsonValues.map(object));
  }

  private static void refuseMore(List<?> rows, String name) throws UnreadableException {
    if (rows.size() >= MAX_ROWS) {
      throw new UnreadableException(
          name + " has more than " + MAX_ROWS + " rows; take a part of them.");
    }
  }

  private static List<Map<String, @Nullable Object>> table(
      String name, String text, CSVFormat format) throws UnreadableException {
    CSVFormat headed = format.builder().setHeader().setSkipHeaderRecord(true).get();
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    try (CSVParser parser = CSVParser.parse(text, headed)) {
      for (CSVRecord record : parser) {
        refuseMore(rows, name);
        rows.add(new LinkedHashMap<>(record.toMap()));
      }
    } catch (IOException | IllegalArgumentException | IllegalStateException e) {
      throw new UnreadableException(name + " is no table with named columns: " + e.getMessage());
    }
    return rows;
  }

  /// Rows as JSON, one a line.
  public static String write(List<? extends Map<String, ? extends @Nullable Object>> rows) {
    StringBuilder text = new StringBuilder();
    for (Map<String, ? extends @Nullable Object> row : rows) {
      text.append(JsonPrinter.print(row, "", MAX_LENGTH)).append('\n');
    }
    return text.toString();
  }
}
