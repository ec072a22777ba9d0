package dev.promptls.template.jinja;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A template's tree in the form of the Prompty subset's goldens.
final class PromptyTree {
  private PromptyTree() {}

  static JsonObject of(Jinja template) {
    JsonObject tree = new JsonObject();
    tree.add("nodes", nodes(template.nodes()));
    return tree;
  }

  private static JsonArray nodes(List<JinjaNode> nodes) {
    JsonArray array = new JsonArray();
    nodes.forEach(node -> array.add(node(node)));
    return array;
  }

  private static JsonObject kind(String kind) {
    JsonObject object = new JsonObject();
    object.addProperty("kind", kind);
    return object;
  }

  private static JsonObject node(JinjaNode node) {
    JsonObject object;
    switch (node) {
      case JinjaNode.Text t -> {
        object = kind("text");
        object.addProperty("value", t.value());
      }
      case JinjaNode.Print p -> {
        object = kind("interp");
        object.add("expr", expression(p.expression()));
      }
      case JinjaNode.If i -> {
        object = kind("if");
        JsonArray branches = new JsonArray();
        for (JinjaNode.Branch b : i.branches()) {
          JsonObject branch = new JsonObject();
          branch.add("test", expression(b.test()));
          branch.add("body", nodes(b.body()));
          branches.add(branch);
        }
        object.add("branches", branches);
        List<JinjaNode> otherwise = i.otherwise();
        if (otherwise != null) {
          object.add("elseBody", nodes(otherwise));
        }
      }
      case JinjaNode.For f -> {
        object = kind("for");
        object.addProperty("loopVar", ((JinjaExpr.Name) f.target()).name());
        object.add("seq", expression(f.sequence()));
        object.add("body", nodes(f.body()));
      }
      default -> throw new IllegalArgumentException("outside the subset: " + node);
    }
    return object;
  }

  private static JsonObject expression(JinjaExpr expression) {
    return switch (expression) {
      case JinjaExpr.Literal l -> {
        JsonObject object = kind("lit");
        object.add("value", literal(l.value()));
        yield object;
      }
      case JinjaExpr.Name n -> variable(n, new JsonArray());
      case JinjaExpr.Attribute a -> variable(a, new JsonArray());
      case JinjaExpr.Item i -> variable(i, new JsonArray());
      case JinjaExpr.Filter f when f.input() != null -> {
        JsonObject object = kind("filter");
        object.addProperty("name", f.name());
        object.add("input", expression(f.input()));
        JsonArray arguments = new JsonArray();
        f.arguments().positional().forEach(a -> arguments.add(expression(a)));
        object.add("args", arguments);
        yield object;
      }
      case JinjaExpr.Unary u -> {
        JsonObject object = kind("unary");
        object.addProperty("operator", u.operator());
        object.add("operand", expression(u.operand()));
        yield object;
      }
      case JinjaExpr.Binary b -> binary(b.operator(), b.left(), b.right());
      case JinjaExpr.Comparison c ->
          binary(c.rest().getFirst().operator(), c.first(), c.rest().getFirst().value());
      default -> throw new IllegalArgumentException("outside the subset: " + expression);
    };
  }

  private static JsonObject binary(String operator, JinjaExpr left, JinjaExpr right) {
    JsonObject object = kind("binary");
    object.addProperty("operator", operator);
    object.add("left", expression(left));
    object.add("right", expression(right));
    return object;
  }

  private static com.google.gson.JsonElement literal(@Nullable Object value) {
    return switch (value) {
      case null -> JsonNull.INSTANCE;
      case Boolean b -> new JsonPrimitive(b);
      case Number n -> new JsonPrimitive(n);
      default -> new JsonPrimitive(value.toString());
    };
  }

  /// @param path what is looked up behind `expression`
  private static JsonObject variable(JinjaExpr expression, JsonArray path) {
    JsonArray longer = new JsonArray();
    JsonObject step;
    JinjaExpr target;
    switch (expression) {
      case JinjaExpr.Attribute a -> {
        step = kind("attr");
        step.addProperty("name", a.name());
        target = a.target();
      }
      case JinjaExpr.Item i -> {
        step = kind("index");
        step.add("expr", expression(i.index()));
        target = i.target();
      }
      default -> {
        JsonObject object = kind("var");
        object.addProperty("root", ((JinjaExpr.Name) expression).name());
        object.add("path", path);
        return object;
      }
    }
    longer.add(step);
    longer.addAll(path);
    return variable(target, longer);
  }
}
