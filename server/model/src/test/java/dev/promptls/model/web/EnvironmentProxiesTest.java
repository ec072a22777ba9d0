package dev.promptls.model.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EnvironmentProxiesTest {
  @ParameterizedTest
  @CsvSource({
    "https://example.org/x, HTTP @ proxy/<unresolved>:3128",
    "http://example.org/x, HTTP @ other/<unresolved>:80",
    "https://inside.corp/x, DIRECT",
    "https://a.inside.corp/x, DIRECT",
    "https://notinside.corp/x, HTTP @ proxy/<unresolved>:3128",
    "http://127.0.0.1:8000/v1, DIRECT",
    "http://localhost:8000/v1, DIRECT"
  })
  void theEnvironmentNamesTheProxy(String address, String expected) {
    EnvironmentProxies proxies =
        new EnvironmentProxies(
            Map.of(
                "HTTPS_PROXY", "http://proxy:3128",
                "http_proxy", "other",
                "NO_PROXY", "somewhere, .inside.corp"));
    assertEquals(expected, proxies.select(URI.create(address)).getFirst().toString());
  }
}
