package dev.promptls.model.store;

import dev.promptls.model.Cancellation;
import dev.promptls.model.ModelException;
import java.io.InterruptedIOException;
import org.jspecify.annotations.Nullable;

/// Somewhere a model's file can be had from.
interface Source {
  /// Who is asked, as a sentence's subject.
  String title();

  /// Brings the whole file into `part`, going on from what is there where that is possible.
  ///
  /// @return the digest the source says the file has, if it says
  /// @throws Refusal if this source cannot give it; another may
  /// @throws ModelException if no source can help, such as on a full disk
  /// @throws InterruptedIOException if cancelled
  @Nullable String bring(Part part, Progress progress, Cancellation cancellation)
      throws Refusal, ModelException, InterruptedIOException;
}
