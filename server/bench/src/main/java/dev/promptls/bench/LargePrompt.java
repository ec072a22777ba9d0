package dev.promptls.bench;

/// Prompts with 10,000 examples to the megabyte, in each shape: far more than anybody writes.
public enum LargePrompt {
  BLOCKS("large.prompt") {
    @Override
    String text(int examples) {
      StringBuilder text = new StringBuilder(HEAD).append("Judge the review.\n\n");
      for (int i = 0; i < examples; i++) {
        text.append("Review: ").append(review(i)).append("\nSentiment: ");
        text.append(i % 3 == 0 ? "negative" : "positive").append("\n\n");
      }
      return text.append("Review: {{review}}\nSentiment:").toString();
    }
  },
  MESSAGES("large.prompt") {
    @Override
    String text(int examples) {
      StringBuilder text = new StringBuilder(HEAD).append("{{role \"system\"}}\nJudge.\n");
      for (int i = 0; i < examples; i++) {
        text.append("{{role \"user\"}}\n").append(review(i).substring(11));
        text.append("\n{{role \"model\"}}\n").append(i % 3 == 0 ? "negative\n" : "positive\n");
      }
      return text.append("{{role \"user\"}}\n{{review}}\n").toString();
    }
  },
  LOOP("large.prompt") {
    @Override
    String text(int examples) {
      StringBuilder text = new StringBuilder().append(HEAD, 0, HEAD.length() - 4);
      text.append("  default:\n    examples:\n");
      for (int i = 0; i < examples; i++) {
        text.append("      - review: ")
            .append(review(i).substring(11, 66))
            .append("\n        sentiment: ");
        text.append(i % 3 == 0 ? "negative\n" : "positive\n");
      }
      text.append(
          "---\n{{#each examples}}\nReview: {{review}}\nSentiment: {{sentiment}}\n\n{{/each}}");
      return text.append("Review: {{review}}\nSentiment:").toString();
    }
  };

  private static final String HEAD =
      "---\nmodel: smollm2\ninput:\n  schema:\n    review: string\n---\n";

  private final String file;

  LargePrompt(String file) {
    this.file = file;
  }

  String file() {
    return file;
  }

  /// A prompt with so many examples of about a hundred characters.
  abstract String text(int examples);

  private static String review(int number) {
    return "The number %05d of a long list of rooms with a view and a fine breakfast, or none"
        .formatted(number);
  }
}
