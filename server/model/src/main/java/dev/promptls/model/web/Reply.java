package dev.promptls.model.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Locale;
import java.util.OptionalLong;

/// The reply to a request, its body still to be read.
///
/// @param address of the last host, after redirects
/// @param first the headers of the first host's reply; those of the last if nothing was redirected
/// @param body fails when the other side is silent for too long or the request is cancelled
public record Reply(
    URI address, int status, HttpHeaders headers, HttpHeaders first, InputStream body)
    implements AutoCloseable {

  public OptionalLong contentLength() {
    return headers.firstValueAsLong("Content-Length");
  }

  /// The media type without parameters, in lower case; empty if none is told.
  public String mediaType() {
    String type = headers.firstValue("Content-Type").orElse("");
    int end = type.indexOf(';');
    return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }

  /// Whether the body is compressed although nobody asked for that.
  public boolean compressed() {
    String encoding = headers.firstValue("Content-Encoding").orElse("identity").strip();
    return !encoding.isEmpty() && !encoding.equalsIgnoreCase("identity");
  }

  /// Lets go of the connection if the body was not read to its end.
  @Override
  public void close() throws IOException {
    body.close();
  }
}
