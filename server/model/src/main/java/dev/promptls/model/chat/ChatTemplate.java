package dev.promptls.model.chat;

import dev.promptls.model.ChatMessage;
import dev.promptls.model.ModelException;
import dev.promptls.model.ModelInfo;
import dev.promptls.template.Fuel;
import dev.promptls.template.TemplateException;
import dev.promptls.template.jinja.Jinja;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// How a model wants a conversation written: the Jinja template that comes with it, rendered as the
/// `transformers` library does.
///
/// A template is a stranger's program, so it runs within fuel. It may add to what it is given: that
/// of the default model begins with a system message of its own if the conversation has none. Text
/// in a message that looks like a special token becomes one in tokenization, as in `transformers`
/// and llama.cpp. Safe for use by several threads.
public final class ChatTemplate {
  /// For models that come without one. Source: ChatML, OpenAI (2023).
  private static final String CHAT_ML =
      """
      {%- for message in messages %}
      {{- '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>\\n' }}
      {%- endfor %}
      {%- if add_generation_prompt %}
      {{- '<|im_start|>assistant\\n' }}
      {%- endif %}
      """;

  private static final int MAX_TEMPLATE = 1 << 20;
  private static final int MAX_MESSAGE = 500;

  /// What a template may spend on each message and on each character beyond the usual fuel, so that
  /// no conversation is refused for its length. Templates in use take some 50 steps a message and
  /// write each character up to four times (joined, trimmed, put out), markup included.
  private static final int STEPS_A_MESSAGE = 200;

  private static final int MARKUP_A_MESSAGE = 100;
  private static final int CHARS_A_CHAR = 8;
  private static final int CHARS_A_MILLI = 1_000;

  private final Jinja template;
  private final Map<String, String> tokens;
  private final @Nullable Set<String> sought;

  private ChatTemplate(Jinja template, Map<String, String> tokens) {
    this.template = template;
    this.tokens = tokens;
    this.sought = ContentUse.sought(template.nodes());
  }

  /// The template of a model; ChatML if it has none.
  ///
  /// @throws ModelException if it is no Jinja template
  public static ChatTemplate of(ModelInfo model) throws ModelException {
    return of(model.chatTemplate(), model.startToken(), model.endToken(), LocalDateTime::now);
  }

  /// @param source ChatML if null
  /// @param startToken the template's `bos_token`; undefined if null
  /// @param endToken the template's `eos_token`; undefined if null
  /// @param now what `strftime_now` tells
  /// @throws ModelException if the source is no Jinja template
  public static ChatTemplate of(
      @Nullable String source,
      @Nullable String startToken,
      @Nullable String endToken,
      Supplier<LocalDateTime> now)
      throws ModelException {
    String text = source == null ? CHAT_ML : source;
    if (text.length() > MAX_TEMPLATE) {
      throw new ModelException(
          "The model's chat template has more than a million characters; use another model.");
    }
    Map<String, String> tokens = new LinkedHashMap<>();
    if (startToken != null) {
      tokens.put("bos_token", startToken);
    }
    if (endToken != null) {
      tokens.put("eos_token", endToken);
    }
    try {
      return new ChatTemplate(Jinja.parse(text, Jinja.Options.chat(now)), tokens);
    } catch (TemplateException e) {
      throw new ModelException(
          "The model's chat template cannot be read (%s); use another model or raw text."
              .formatted(oneLine(e)),
          e);
    }
  }

  /// The text to continue.
  ///
  /// @param openReply whether the text ends with the opening of the model's reply
  /// @throws ModelException if the template refuses the conversation (an order of roles, say),
  ///   fails or runs out of fuel
  public String render(List<ChatMessage> messages, boolean openReply) throws ModelException {
    return render(messages, openReply, Map.of());
  }

  /// The text to continue, with variables of the template's own (`enable_thinking`, say).
  ///
  /// @param variables maps, lists, strings, numbers, booleans and null; they go before ours
  public String render(
      List<ChatMessage> messages,
      boolean openReply,
      Map<String, ? extends @Nullable Object> variables)
      throws ModelException {
    Map<String, @Nullable Object> all = new LinkedHashMap<>(tokens);
    all.put("messages", messages.stream().map(ChatTemplate::message).toList());
    all.put("tools", null);
    all.put("documents", null);
    all.put("add_generation_prompt", openReply);
    all.putAll(variables);
    try {
      return template.render(all, fuel(messages)).text();
    } catch (TemplateException e) {
      throw new ModelException(
          "The model's chat template refuses this conversation: %s".formatted(oneLine(e)), e);
    }
  }

  private static Fuel fuel(List<ChatMessage> messages) {
    long chars =
        messages.stream().mapToLong(message -> message.content().length() + MARKUP_A_MESSAGE).sum();
    return new Fuel(
        Fuel.DEFAULT.steps() + STEPS_A_MESSAGE * (long) messages.size(),
        Fuel.DEFAULT.outputChars() + CHARS_A_CHAR * chars,
        Fuel.DEFAULT.depth(),
        Fuel.PATIENT.plusMillis(chars / CHARS_A_MILLI));
  }

  /// The texts that the template looks for in what messages say, of which none is empty, and which
  /// it only copies otherwise, perhaps without white space at their ends; null if it may do more
  /// with them.
  public @Nullable Set<String> sought() {
    return sought;
  }

  private static Map<String, String> message(ChatMessage message) {
    return Map.of("role", message.role(), "content", message.content());
  }

  /// The template's own words may be anything; a sentence they are part of stays one.
  private static String oneLine(TemplateException e) {
    String words = String.valueOf(e.getMessage()).strip().replaceAll("\\s+", " ");
    return words.length() <= MAX_MESSAGE ? words : words.substring(0, MAX_MESSAGE) + "…";
  }
}
