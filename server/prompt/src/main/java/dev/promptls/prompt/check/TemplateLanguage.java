package dev.promptls.prompt.check;

import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.Tag;
import dev.promptls.prompt.syntax.YamlNode;
import dev.promptls.template.TemplateException;
import dev.promptls.template.handlebars.Handlebars;
import dev.promptls.template.jinja.Jinja;
import org.jspecify.annotations.Nullable;

/// What the tags of a file are written in.
enum TemplateLanguage {
  HANDLEBARS {
    @Override
    String closing(String block) {
      return "{{/" + block + "}}";
    }

    @Override
    boolean isPlain(String tag) {
      return PlainTag.isHandlebars(tag);
    }

    @Override
    void parse(String template) throws TemplateException {
      Handlebars.parse(template, Handlebars.Options.plain());
    }

    @Override
    String alone(Tag tag, String text, String name) {
      return switch (tag.kind()) {
        case OPEN -> text + "{{/" + name + "}}";
        case CLOSE -> "{{#" + name + "}}" + text;
        case ELSE -> "{{#if x}}" + text + "{{/if}}";
        case EXPRESSION, PARTIAL, COMMENT -> text;
      };
    }
  },
  JINJA {
    @Override
    String closing(String block) {
      return "{% end" + block + " %}";
    }

    @Override
    boolean isPlain(String tag) {
      return PlainTag.isJinja(tag);
    }

    @Override
    void parse(String template) throws TemplateException {
      Jinja.parse(template, Jinja.Options.prompty());
    }

    @Override
    String alone(Tag tag, String text, String name) {
      return switch (tag.kind()) {
        case OPEN -> text + closing(name);
        // Only its keyword matters, which its match shows.
        case CLOSE -> "";
        case ELSE -> "{% if x %}" + text + "{% endif %}";
        case EXPRESSION, PARTIAL, COMMENT -> text;
      };
    }
  },
  NONE {
    @Override
    String closing(String block) {
      return "";
    }

    @Override
    boolean isPlain(String tag) {
      return true;
    }

    @Override
    void parse(String template) {}

    @Override
    String alone(Tag tag, String text, String name) {
      return "";
    }
  };

  static TemplateLanguage of(PromptFile file) {
    return switch (file.format()) {
      case DOTPROMPT -> HANDLEBARS;
      case PROMPTY -> namesOther(file) ? NONE : JINJA;
      default -> NONE;
    };
  }

  /// Whether the settings name another template language than the usual one.
  private static boolean namesOther(PromptFile file) {
    YamlNode template = file.at("template");
    for (String key : new String[] {"format", "kind", "type"}) {
      YamlNode named = template == null ? null : template.get(key);
      named = named instanceof YamlNode.Mapping inner ? inner.get("kind") : named;
      String name = named == null ? null : named.string();
      if (name != null && !name.startsWith("jinja") && !name.equals("prompty")) {
        return true;
      }
    }
    String name = template == null ? null : template.string();
    return name != null && !name.startsWith("jinja");
  }

  /// The tag that closes a block.
  abstract String closing(String block);

  /// What ends a tag that begins as this one does.
  String end(String tag) {
    String second = tag.length() < 2 ? "{" : tag.substring(1, 2);
    return second.equals("{") ? "}}" : second + "}";
  }

  /// Whether a tag can be seen to have no mistake without reading it as a template.
  abstract boolean isPlain(String tag);

  /// Reads a template.
  ///
  /// @throws TemplateException if it cannot be read
  abstract void parse(String template) throws TemplateException;

  /// A template in which a tag stands alone; it can be read if the tag can.
  ///
  /// @param text of the tag
  /// @param name as it is written in the tag
  abstract String alone(Tag tag, String text, String name);

  /// Why a template cannot be read; null if it can.
  @Nullable TemplateException fault(String template) {
    try {
      parse(template);
      return null;
    } catch (TemplateException e) {
      return e;
    }
  }
}
