package dev.promptls.prompt.convert;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/// Values as YAML, in blocks, long lines unbroken.
final class Yaml {
  private static final DumpSettings SETTINGS =
      DumpSettings.builder()
          .setDefaultFlowStyle(FlowStyle.BLOCK)
          .setSchema(new OneResolver())
          .setDereferenceAliases(true)
          .setIndent(2)
          .setIndicatorIndent(2)
          .setIndentWithIndicator(true)
          .setSplitLines(false)
          .build();

  private Yaml() {}

  /// The core schema, which makes its resolver anew for each value that is written.
  private static final class OneResolver extends CoreSchema {
    private final ScalarResolver resolver = super.getScalarResolver();

    @Override
    public ScalarResolver getScalarResolver() {
      return resolver;
    }
  }

  /// Ends with a line break.
  static String of(Map<String, ? extends @Nullable Object> values) {
    return new Dump(SETTINGS).dumpToString(values);
  }

  /// Front matter with its fences; nothing if there is nothing to say.
  static String frontMatter(Map<String, ? extends @Nullable Object> values) {
    return values.isEmpty() ? "" : "---\n" + of(values) + "---\n";
  }
}
