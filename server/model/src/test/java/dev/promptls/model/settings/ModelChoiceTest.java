package dev.promptls.model.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ModelChoiceTest {
  private static ModelChoice choose(
      @Nullable String flag, @Nullable String setting, @Nullable String file) {
    return ModelChoice.choose(
        Optional.ofNullable(flag),
        Optional.ofNullable(setting),
        Optional.ofNullable(file),
        name -> name.equals("vendor/big") ? Optional.of("remote:cloud") : Optional.empty(),
        "standard");
  }

  @Test
  void theFlagWinsOverTheSettingOverTheFileOverTheDefault() {
    assertEquals("f", choose("f", "s", "vendor/big").model());
    assertEquals("s", choose(null, "s", "vendor/big").model());
    assertEquals("remote:cloud", choose(null, null, "vendor/big").model());
    assertEquals("standard", choose(null, null, null).model());
    assertEquals(ModelChoice.Origin.FILE, choose(null, null, " vendor/big ").origin());
  }

  @Test
  void aModelThatCannotBeHadGivesTheDefaultAndSaysSo() {
    ModelChoice choice = choose(null, null, "gone");
    assertEquals(ModelChoice.Origin.DEFAULT, choice.origin());
    assertEquals(
        "The model is standard, not gone as the file asks: that one is not installed here.",
        choice.note());
  }

  @Test
  void nothingIsSaidWhenTheFileGetsWhatItAsksFor() {
    assertNull(choose("vendor/big", null, "vendor/big").note());
    assertNull(choose("remote:cloud", null, "vendor/big").note());
    assertNull(choose(null, null, "vendor/big").note());
    assertNull(choose("f", null, null).note());
    assertNull(choose(null, null, " ").note());
  }

  @Test
  void aHostileNameStaysOnOneLine() {
    String note = String.valueOf(choose("f", null, "a\nb\u001b[31m" + "c".repeat(500)).note());
    assertFalse(note.contains("\n") || note.contains("\u001b"));
    assertTrue(note.length() < 200);
  }
}
