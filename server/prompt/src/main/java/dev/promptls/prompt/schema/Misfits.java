package dev.promptls.prompt.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The errors of the schema library in sentences.
final class Misfits {
  /// Keywords that lead one level down in the value, and whether a name or number follows them.
  private static final Set<String> DOWN = Set.of("items", "additionalProperties", "contains");

  private static final Set<String> DOWN_BY_NAME =
      Set.of("properties", "patternProperties", "prefixItems");

  private static final int MAX_SHOWN = 60;

  private Misfits() {}

  static List<Misfit> of(List<Error> errors, String name) {
    List<Misfit> misfits = new ArrayList<>();
    Set<List<String>> alternatives = new HashSet<>();
    for (Error error : errors) {
      List<String> evaluated = names(error.getEvaluationPath());
      int choice = alternative(evaluated);
      if (choice < 0) {
        misfits.add(misfit(error, name));
      } else {
        // What is wrong with each alternative says less than that none fits.
        int depth = depth(evaluated.subList(0, choice));
        List<String> location = names(error.getInstanceLocation());
        List<String> path = location.subList(0, Math.min(depth, location.size()));
        if (alternatives.add(path)) {
          String sentence = subject(path, name) + " fits none of the alternatives of its schema.";
          misfits.add(new Misfit(path, evaluated.get(choice), sentence, null));
        }
      }
    }
    return List.copyOf(misfits);
  }

  /// Where, on the way through the schema, the first choice is that has the error inside.
  private static int alternative(List<String> evaluated) {
    for (int i = 0; i < evaluated.size() - 1; i++) {
      if (evaluated.get(i).equals("anyOf") || evaluated.get(i).equals("oneOf")) {
        return i;
      }
    }
    return -1;
  }

  private static int depth(List<String> evaluated) {
    int depth = 0;
    for (int i = 0; i < evaluated.size(); i++) {
      if (DOWN.contains(evaluated.get(i))) {
        depth++;
      } else if (DOWN_BY_NAME.contains(evaluated.get(i))) {
        depth++;
        i++;
      }
    }
    return depth;
  }

  private static Misfit misfit(Error error, String name) {
    List<String> path = new ArrayList<>(names(error.getInstanceLocation()));
    String subject = subject(path, name);
    String property = error.getProperty();
    String keyword = error.getKeyword();
    String sentence =
        switch (keyword) {
          case "type" -> subject + " must be " + types(error) + ", not " + kind(error) + ".";
          case "enum" ->
              subject + " must be one of " + values(error) + ", not " + value(error) + ".";
          case "const" -> subject + " must be " + shown(error.getSchemaNode()) + ".";
          case "required" ->
              path.isEmpty() && name.isEmpty()
                  ? "The input " + property + " has no value."
                  : subject + " has no " + property + ", which its schema requires.";
          case "additionalProperties" ->
              subject(with(path, property), name)
                  + " is not in the schema; remove it or declare it there.";
          case "pattern" ->
              subject + " does not match the pattern " + error.getSchemaNode().asText() + ".";
          default -> subject + " " + error.getMessage() + ".";
        };
    boolean ofProperty = keyword.equals("additionalProperties");
    return new Misfit(ofProperty ? with(path, property) : path, keyword, sentence, null);
  }

  private static List<String> with(List<String> path, String property) {
    List<String> longer = new ArrayList<>(path);
    longer.add(String.valueOf(property));
    return longer;
  }

  private static String types(Error error) {
    JsonNode type = error.getSchemaNode();
    if (!type.isArray()) {
      return article(type.asText());
    }
    List<String> names = new ArrayList<>();
    type.forEach(one -> names.add(article(one.asText())));
    return String.join(" or ", names);
  }

  private static String kind(Error error) {
    JsonNode found = error.getInstanceNode();
    String type =
        switch (found.getNodeType()) {
          case NUMBER -> "number";
          case STRING -> "string";
          case BOOLEAN -> "boolean";
          case ARRAY -> "array";
          case OBJECT -> "object";
          default -> "null";
        };
    return found.isValueNode() && !found.isNull()
        ? "the " + type + " " + shown(found)
        : article(type);
  }

  private static String article(String type) {
    return switch (type) {
      case "null" -> type;
      case "array", "object", "integer" -> "an " + type;
      default -> "a " + type;
    };
  }

  private static String values(Error error) {
    List<String> values = new ArrayList<>();
    for (JsonNode value : error.getSchemaNode()) {
      values.add(shown(value));
      if (values.size() == 20) {
        values.add("…");
        break;
      }
    }
    return String.join(", ", values);
  }

  private static String value(Error error) {
    return shown(error.getInstanceNode());
  }

  private static String shown(JsonNode node) {
    String text = node.isTextual() ? node.asText() : node.toString();
    String some = text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
    return node.isTextual() ? '"' + some + '"' : some;
  }

  /// A path as one writes it: `examples[2].sentiment`.
  private static String subject(List<String> path, String name) {
    if (path.isEmpty()) {
      return name.isEmpty() ? "The input" : name;
    }
    StringBuilder subject = new StringBuilder();
    for (String step : path) {
      boolean index = !step.isEmpty() && step.chars().allMatch(c -> c >= '0' && c <= '9');
      if (index) {
        subject.append('[').append(step).append(']');
      } else {
        subject.append(subject.isEmpty() ? "" : ".").append(step);
      }
    }
    return subject.toString();
  }

  private static List<String> names(NodePath path) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < path.getNameCount(); i++) {
      names.add(String.valueOf(path.getElement(i)));
    }
    return names;
  }
}
