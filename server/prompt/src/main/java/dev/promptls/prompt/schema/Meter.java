package dev.promptls.prompt.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.keyword.Keyword;
import com.networknt.schema.keyword.KeywordValidator;
import com.networknt.schema.path.NodePath;

/// Counts what checking one value costs and stops it: a schema may refer to itself, branch at every
/// reference, or hold a pattern that backtracks for hours.
final class Meter {
  private static final int MAX_KEYWORDS = 500_000;
  private static final int MAX_READS = 5_000_000;
  private static final int MAX_DEPTH = 256;
  private static final int MAX_ERRORS = 200;

  private int keywords;
  private int reads;
  private int depth;

  /// Checking went past a limit. Carries no stack: it is caught a few calls up.
  static final class Exceeded extends RuntimeException {
    private static final long serialVersionUID = 1;

    Exceeded() {
      super("a limit of checking was passed", null, false, false);
    }
  }

  /// Begins anew, for another value.
  void reset() {
    keywords = 0;
    reads = 0;
    depth = 0;
  }

  /// A keyword of a dialect that counts each time it is applied.
  Keyword metered(Keyword keyword) {
    return new Metered(keyword);
  }

  /// A character was read by a regular expression.
  void read() {
    if (++reads > MAX_READS) {
      throw new Exceeded();
    }
  }

  private void enter(ExecutionContext context) {
    if (++keywords > MAX_KEYWORDS || ++depth > MAX_DEPTH) {
      throw new Exceeded();
    }
    if (context.getErrors().size() > MAX_ERRORS) {
      throw new Enough();
    }
  }

  /// So many errors were found that more would help nobody.
  static final class Enough extends RuntimeException {
    private static final long serialVersionUID = 1;

    Enough() {
      super("enough errors were found", null, false, false);
    }
  }

  private final class Metered implements Keyword {
    private final Keyword keyword;

    Metered(Keyword keyword) {
      this.keyword = keyword;
    }

    @Override
    public String getValue() {
      return keyword.getValue();
    }

    @Override
    public KeywordValidator newValidator(
        SchemaLocation location, JsonNode node, Schema parent, SchemaContext context)
        throws Exception {
      KeywordValidator validator = keyword.newValidator(location, node, parent, context);
      // Some keywords, such as `title`, have none.
      return validator == null ? validator : new MeteredValidator(validator);
    }
  }

  private final class MeteredValidator implements KeywordValidator {
    private final KeywordValidator validator;

    MeteredValidator(KeywordValidator validator) {
      this.validator = validator;
    }

    @Override
    public String getKeyword() {
      return validator.getKeyword();
    }

    @Override
    public SchemaLocation getSchemaLocation() {
      return validator.getSchemaLocation();
    }

    @Override
    public void preloadSchema() {
      validator.preloadSchema();
    }

    @Override
    public void validate(
        ExecutionContext context, JsonNode node, JsonNode root, NodePath location) {
      enter(context);
      validator.validate(context, node, root, location);
      depth--;
    }

    @Override
    public void walk(
        ExecutionContext context, JsonNode node, JsonNode root, NodePath location, boolean check) {
      enter(context);
      validator.walk(context, node, root, location, check);
      depth--;
    }
  }
}
