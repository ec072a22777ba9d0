package dev.promptls.app;

import com.google.gson.annotations.SerializedName;
import org.jspecify.annotations.Nullable;

/// What `doctor` found out about one thing.
///
/// @param advice what to do, null if there is nothing to do
record Finding(String name, State state, String found, @Nullable String advice) {
  enum State {
    @SerializedName("ok")
    OK,
    /// Works without; something would be better.
    @SerializedName("note")
    NOTE,
    @SerializedName("broken")
    BROKEN
  }

  static Finding ok(String name, String found) {
    return new Finding(name, State.OK, found, null);
  }

  static Finding note(String name, String found, String advice) {
    return new Finding(name, State.NOTE, found, advice);
  }

  static Finding broken(String name, String found, String advice) {
    return new Finding(name, State.BROKEN, found, advice);
  }
}
