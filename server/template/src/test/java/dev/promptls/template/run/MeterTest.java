package dev.promptls.template.run;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.promptls.template.Fuel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MeterTest {
  private static final Fuel FUEL =
      new Fuel(Long.MAX_VALUE, Long.MAX_VALUE, 64, Duration.ofMillis(150));

  private long now;
  private final Meter meter = new Meter(FUEL, () -> now);

  private void lookAfter(long millis) {
    now += TimeUnit.MILLISECONDS.toNanos(millis);
    meter.look();
  }

  @Test
  void stopsWhenTheTimeIsSpent() {
    for (int look = 0; look < 30; look++) {
      lookAfter(5);
    }
    assertThrows(Failure.class, () -> lookAfter(1));
  }

  @Test
  void aTemplateDoesNotPayForWaiting() {
    for (int look = 0; look < 10; look++) {
      lookAfter(60_000);
    }
    for (int look = 0; look < 10; look++) {
      lookAfter(5);
    }
    assertThrows(Failure.class, () -> lookAfter(1));
  }
}
