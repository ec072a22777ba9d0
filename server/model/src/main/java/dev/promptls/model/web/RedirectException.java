package dev.promptls.model.web;

import java.io.IOException;

/// A redirect that is not followed.
public final class RedirectException extends IOException {
  RedirectException(String reason) {
    super(reason);
  }
}
