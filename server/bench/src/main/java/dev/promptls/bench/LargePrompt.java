package dev.promptls.bench;

/// Prompts of about a megabyte, in each shape and in other formats: far more than anybody writes.
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
  },
  PROMPTY("large.prompty") {
    @Override
    String text(int examples) {
      StringBuilder text = new StringBuilder("---\nname: large\n---\nsystem:\nJudge.\n\n");
      for (int i = 0; i < examples; i++) {
        text.append("user:\n").append(review(i)).append("\n\nassistant:\n");
        text.append(i % 3 == 0 ? "negative\n\n" : "positive\n\n");
      }
      return text.append("user:\n{{review}}\n").toString();
    }
  },
  GITHUB("large.prompt.yml") {
    @Override
    String text(int examples) {
      StringBuilder text = new StringBuilder("name: large\nmessages:\n");
      for (int i = 0; i < examples; i++) {
        text.append("  - role: user\n    content: |\n      ").append(review(i));
        text.append("\n  - role: assistant\n    content: ");
        text.append(i % 3 == 0 ? "negative\n" : "positive\n");
      }
      return text.append("  - role: user\n    content: '{{review}}'\n").toString();
    }
  },
  OPENAI("large.jsonl") {
    @Override
    String text(int examples) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < examples; i++) {
        text.append("{\"messages\": [{\"role\": \"user\", \"content\": \"").append(review(i));
        text.append("\"}, {\"role\": \"assistant\", \"content\": \"");
        text.append(i % 3 == 0 ? "negative" : "positive").append("\"}]}\n");
      }
      return text.toString();
    }
  },
  POML("large.poml") {
    @Override
    String text(int examples) {
      StringBuilder text = new StringBuilder("<poml>\n<role>Judge.</role>\n");
      for (int i = 0; i < examples; i++) {
        text.append("<example>\n<input>").append(review(i)).append("</input>\n<output>");
        text.append(i % 3 == 0 ? "negative" : "positive").append("</output>\n</example>\n");
      }
      return text.append("<human-msg>{{review}}</human-msg>\n</poml>\n").toString();
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

  /// How many examples make about a megabyte.
  int examples() {
    boolean wordy = this == PROMPTY || this == GITHUB || this == OPENAI || this == POML;
    return wordy ? 6_000 : 10_000;
  }

  /// A prompt with so many examples of about a hundred characters.
  abstract String text(int examples);

  private static String review(int number) {
    return "The number %05d of a long list of rooms with a view and a fine breakfast, or none"
        .formatted(number);
  }
}
