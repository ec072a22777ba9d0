package dev.promptls.bench;

import dev.promptls.lab.Json;
import dev.promptls.model.ModelException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Measures promptls: one subcommand a measurement, its figures on standard output, what it is
/// doing on standard error.
public final class Bench {
  private static final Map<String, Measurement> MEASUREMENTS = measurements();

  private Bench() {}

  private static Map<String, Measurement> measurements() {
    Map<String, Measurement> all = new LinkedHashMap<>();
    all.put("speed", new Speed());
    all.put("prefix", new PrefixReuse());
    all.put("memory", new Memory());
    all.put("start", new Start());
    all.put("ghost", new GhostText());
    all.put("accuracy", new Accuracy());
    all.put("edits", new EditCost());
    all.put("latency", new Latency());
    all.put("batch", new WhileBatchRuns());
    all.put("recount", new Recount());
    all.put("bombs", new BombCost());
    return all;
  }

  public static void main(String[] arguments) throws InterruptedException {
    // Whatever a library prints must not get between the figures.
    PrintStream out = System.out;
    System.setOut(System.err);
    Logger.getLogger("").setLevel(Level.WARNING);
    System.exit(run(arguments, out, System.err));
  }

  private static int run(String[] arguments, PrintStream out, PrintStream err)
      throws InterruptedException {
    try {
      Options options = Options.parse(arguments);
      Measurement measurement = MEASUREMENTS.get(options.measurement());
      if (measurement == null) {
        throw new IllegalArgumentException("Nothing is called " + options.measurement() + ".");
      }
      Report report = measurement.measure(TestBed.of(options, err));
      out.println(options.json() ? Json.pretty(report) : report.table());
      return 0;
    } catch (IllegalArgumentException e) {
      err.println(e.getMessage());
      err.println(Options.USAGE.formatted(String.join("|", MEASUREMENTS.keySet()) + "|jmh"));
      return 2;
    } catch (ModelException | IOException e) {
      err.println(e.getMessage());
      return 3;
    }
  }
}
