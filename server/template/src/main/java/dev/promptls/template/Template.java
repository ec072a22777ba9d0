package dev.promptls.template;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A template that was parsed once and can be rendered many times, from several threads.
public interface Template {
  /// The text of this template for some variables.
  ///
  /// @param variables maps, lists, strings, numbers, booleans and null, nested at will
  /// @throws TemplateException if the template fails or the fuel runs out
  Rendering render(Map<String, ? extends @Nullable Object> variables, Fuel fuel)
      throws TemplateException;
}
