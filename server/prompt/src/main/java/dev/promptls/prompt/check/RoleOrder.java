package dev.promptls.prompt.check;

import dev.promptls.prompt.check.Surroundings.ChatRoles;
import dev.promptls.prompt.syntax.MessageNode;
import dev.promptls.prompt.syntax.Severity;
import dev.promptls.prompt.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Messages in an order that chat templates refuse. What stands in a block may be left out or
/// repeated, so that nothing is said of what follows it.
final class RoleOrder implements FileRule {
  @Override
  public String code() {
    return "role-order";
  }

  @Override
  public Severity severity() {
    return Severity.WARNING;
  }

  @Override
  public String summary() {
    return "Messages in an order that a chat template refuses.";
  }

  @Override
  public List<Finding> check(Subject subject) {
    ChatRoles roles = subject.surroundings().chatRoles();
    if (roles == null && !hasLateSystem(subject.messages())) {
      return List.of();
    }
    List<Finding> findings = new ArrayList<>();
    String before = "";
    int row = -1;
    boolean certain = true;
    for (MessageNode message : subject.messages()) {
      boolean first = message.row() != row;
      row = message.row();
      if (first) {
        before = "";
        certain = true;
      }
      if (message.decoded() == null && !subject.says(message.content())) {
        continue;
      }
      if (subject.inBlock(message.span().start())) {
        certain = false;
        continue;
      }
      String role = common(message.role());
      String refusal = refusal(role, before, certain, roles);
      if (refusal != null) {
        findings.add(finding(place(message), refusal));
      }
      before = role;
      certain = true;
    }
    return findings;
  }

  /// Whether a system message stands behind another one: all that can be wrong where nothing is
  /// known of the model.
  private static boolean hasLateSystem(List<MessageNode> messages) {
    for (int i = 1; i < messages.size(); i++) {
      if (common(messages.get(i).role()).equals("system")) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable String refusal(
      String role, String before, boolean certain, @Nullable ChatRoles roles) {
    boolean start = before.isEmpty() && certain;
    if (role.equals("system") && !before.isEmpty() && !before.equals("system")) {
      return "Most chat templates take a system message only as the first; move it to the front.";
    }
    if (roles == null) {
      return null;
    }
    if (role.equals("system") && !roles.system()) {
      return "The chat template of "
          + Names.shown(roles.model())
          + " takes no system message; make it part of the first user message.";
    }
    if (role.equals("assistant")
        && (start || (certain && before.equals("system")))
        && !roles.assistantFirst()) {
      return "The chat template of "
          + Names.shown(roles.model())
          + " wants the user to speak first; put a user message before this one.";
    }
    if (role.equals(before) && certain && !roles.repeated() && !role.equals("tool")) {
      return "The chat template of "
          + Names.shown(roles.model())
          + " takes no two "
          + role
          + " messages in a row; join them.";
    }
    return null;
  }

  private static String common(String role) {
    String lower = role.toLowerCase(Locale.ROOT);
    return switch (lower) {
      case "model", "gpt", "ai", "bot" -> "assistant";
      case "human" -> "user";
      case "developer" -> "system";
      case "function" -> "tool";
      default -> lower;
    };
  }

  private static Span place(MessageNode message) {
    Span role = message.roleSpan();
    return role == null ? Span.at(message.span().start()) : role;
  }
}
