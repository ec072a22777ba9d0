package dev.promptls.lab.analysis;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.promptls.lab.run.ExampleResult;
import dev.promptls.lab.run.ExampleRunner;
import dev.promptls.model.Cancellation;
import dev.promptls.model.ModelException;
import dev.promptls.prompt.shots.Shots;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// How accuracy grows with the number of examples shown: every example asked after the first `k` of
/// the others, for some `k`.
public record ShotCurve(String model, int n, List<Point> points) {
  /// Of the normal distribution, for an interval of 95 %.
  private static final double Z = 1.959964;

  public ShotCurve {
    points = List.copyOf(points);
  }

  /// One number of examples. The interval is Wilson's, of 95 %.
  ///
  /// @param accuracy 0 to 1
  /// @param promptTokens in the mean
  public record Point(int k, double accuracy, double low, double high, double promptTokens) {
    static Point of(int k, List<ExampleResult> results) {
      int n = results.size();
      double p = results.stream().mapToInt(each -> each.pass() ? 1 : 0).average().orElse(0);
      double middle = p + Z * Z / (2 * n);
      double spread = Z * Math.sqrt(p * (1 - p) / n + Z * Z / (4.0 * n * n));
      double scale = 1 + Z * Z / n;
      return new Point(
          k,
          p,
          Math.max(0, (middle - spread) / scale),
          Math.min(1, (middle + spread) / scale),
          results.stream().mapToInt(ExampleResult::promptTokens).average().orElse(0));
    }
  }

  /// Asks every example once for each number.
  ///
  /// @param ks how many examples to show; those that are too many are left out
  /// @param progress takes each answer as it comes
  public static ShotCurve of(
      ExampleRunner runner, List<Integer> ks, Consumer<ExampleResult> progress, Cancellation stop)
      throws ModelException {
    int n = Shots.in(runner.file()).examples().size();
    if (n == 0) {
      throw new ModelException("The prompt has no examples whose number could be varied.");
    }
    List<Point> points = new ArrayList<>();
    for (int k : ks.stream().filter(k -> k >= 0 && k < n).sorted().distinct().toList()) {
      List<ExampleResult> results = new ArrayList<>();
      for (int i = 0; i < n && !stop.isCancelled(); i++) {
        int asked = i;
        List<Integer> shown =
            IntStream.range(0, n).filter(other -> other != asked).limit(k).boxed().toList();
        ExampleResult result = runner.ask(asked, shown, stop);
        if (!stop.isCancelled()) {
          results.add(result);
          progress.accept(result);
        }
      }
      if (results.size() == n) {
        points.add(Point.of(k, results));
      }
    }
    return new ShotCurve(runner.model().info().name(), n, points);
  }

  /// The smallest number whose accuracy lies within the interval of the best one; -1 without
  /// points.
  public int suggested() {
    Point best = null;
    for (Point point : points) {
      best = best == null || point.accuracy() > best.accuracy() ? point : best;
    }
    for (Point point : points) {
      if (best != null && point.accuracy() >= best.low()) {
        return point.k();
      }
    }
    return -1;
  }

  /// `{summary, n, model, shots: [{k, accuracy, low, high, promptTokens}], suggested?}`
  public JsonObject json() {
    JsonObject json = new JsonObject();
    int suggested = suggested();
    json.addProperty(
        "summary",
        suggested < 0
            ? "Nothing was asked to the end."
            : String.format(
                Locale.ROOT,
                "With %d examples asked of %s, %d shown are as good as more, within the interval of 95 %%.",
                n,
                model,
                suggested));
    json.addProperty("n", n);
    json.addProperty("model", model);
    JsonArray shots = new JsonArray();
    for (Point point : points) {
      JsonObject one = new JsonObject();
      one.addProperty("k", point.k());
      one.addProperty("accuracy", point.accuracy());
      one.addProperty("low", point.low());
      one.addProperty("high", point.high());
      one.addProperty("promptTokens", point.promptTokens());
      shots.add(one);
    }
    json.add("shots", shots);
    if (suggested >= 0) {
      json.addProperty("suggested", suggested);
    }
    return json;
  }
}
