package dev.promptls.app;

import dev.promptls.lab.ModelHandle;
import dev.promptls.lab.Models;
import dev.promptls.model.ModelException;
import org.jspecify.annotations.Nullable;

/// Stands for models that cannot be used because of the user's own settings; says so each time one
/// is wanted, while everything that needs no model works.
record BrokenModels(ModelException reason) implements Models {
  @Override
  public ModelHandle choose(@Nullable String asked, @Nullable String declared)
      throws ModelException {
    throw new ModelException(reason.getMessage(), reason);
  }

  @Override
  public ModelHandle chooseForCounting(@Nullable String asked, @Nullable String declared)
      throws ModelException {
    throw new ModelException(reason.getMessage(), reason);
  }

  @Override
  public void close() {}
}
