package dev.promptls.lsp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SessionTest {
  private final Session session = new Session(new Silent());
  private final List<@Nullable String> refreshed = new ArrayList<>();

  @Test
  void answersToOneDocumentRefreshNoOther() {
    session.onRefresh(refreshed::add);

    session.forgetResults("file:///a.prompt");
    session.refresh();

    assertEquals(Arrays.asList("file:///a.prompt", null), refreshed);
  }
}
