package dev.promptls.model.remote;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.promptls.model.Finish;
import dev.promptls.model.ModelException;
import dev.promptls.model.Usage;
import dev.promptls.model.web.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Replies as the servers write them. They are untrusted: whatever is missing or of another kind
/// than expected gives a sentence.
final class ReplyReader {
  private static final int MOST_BYTES = 64 << 20;

  private final Subject subject;

  ReplyReader(Subject subject) {
    this.subject = subject;
  }

  /// Reads a reply, streamed or whole, into `answer`.
  ///
  /// @throws IOException if the connection was cut before the end
  void read(Reply reply, Answer answer) throws IOException, ModelException {
    if (reply.mediaType().equals("text/event-stream")) {
      stream(new EventStream(reply.body()), answer);
    } else {
      JsonObject whole = whole(reply);
      refuseError(whole);
      choice(whole, answer);
      if (!answer.finished()) {
        answer.finish(Finish.STOP);
      }
    }
  }

  private void stream(EventStream events, Answer answer) throws IOException, ModelException {
    Optional<String> data = events.next();
    while (data.isPresent() && !data.get().equals("[DONE]")) {
      JsonObject event = object(data.get());
      refuseError(event);
      choice(event, answer);
      data = events.next();
    }
    if (!answer.finished() && data.isEmpty()) {
      throw new IOException("the stream ended before the answer");
    }
  }

  /// A reply that is one JSON object.
  JsonObject whole(Reply reply) throws IOException, ModelException {
    byte[] bytes = reply.body().readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) {
      throw new EventStream.OverflowException();
    }
    if (reply.mediaType().equals("text/html") || reply.compressed()) {
      throw subject.sentence("answers with a web page instead of JSON", "check its url");
    }
    return object(new String(bytes, StandardCharsets.UTF_8));
  }

  private JsonObject object(String text) throws ModelException {
    try {
      if (JsonParser.parseString(text) instanceof JsonObject object) {
        return object;
      }
    } catch (JsonParseException e) {
      throw subject.sentence("sends something that is not JSON", "check its url");
    }
    throw subject.sentence("sends something that is no JSON object", "check its url");
  }

  private void refuseError(JsonObject reply) throws ModelException {
    JsonElement error = reply.get("error");
    if (error != null && !error.isJsonNull()) {
      throw subject.sentence("reports an error" + detail(reply), "change the request or try again");
    }
  }

  private void choice(JsonObject reply, Answer answer) throws IOException, ModelException {
    if (reply.has("usage") && reply.get("usage").isJsonObject()) {
      answer.usage(usage(reply));
    }
    if (!(reply.get("choices") instanceof JsonArray choices)) {
      throw subject.sentence("sends a reply without choices", "check its url and model");
    }
    if (choices.isEmpty()) {
      return; // The last event of a stream tells only the usage.
    }
    if (!(choices.get(0) instanceof JsonObject choice)) {
      throw subject.sentence("sends a reply without choices", "check its url and model");
    }
    answer.add(text(choice));
    String reason = string(choice.get("finish_reason"));
    if (reason != null) {
      if (reason.equals("content_filter")) {
        throw subject.sentence("withheld the answer by its content filter", "change the prompt");
      }
      answer.finish(reason.equals("length") ? Finish.LENGTH : Finish.STOP);
    }
  }

  private static String text(JsonObject choice) {
    for (String holder : new String[] {"delta", "message"}) {
      if (choice.get(holder) instanceof JsonObject message) {
        String content = string(message.get("content"));
        return content == null ? "" : content;
      }
    }
    String text = string(choice.get("text"));
    return text == null ? "" : text;
  }

  /// What a reply says of its tokens; zeros if nothing.
  static Usage usage(JsonObject reply) {
    JsonObject usage = reply.get("usage") instanceof JsonObject told ? told : new JsonObject();
    int cached =
        usage.get("prompt_tokens_details") instanceof JsonObject details
            ? count(details.get("cached_tokens"))
            : 0;
    return new Usage(
        count(usage.get("prompt_tokens")), cached, count(usage.get("completion_tokens")));
  }

  private static int count(@Nullable JsonElement value) {
    return value instanceof JsonPrimitive number && number.isNumber()
        ? (int) Math.clamp(number.getAsDouble(), 0, Integer.MAX_VALUE)
        : 0;
  }

  static @Nullable String string(@Nullable JsonElement value) {
    return value instanceof JsonPrimitive text && text.isString() ? text.getAsString() : null;
  }

  /// What the body of a failed request says, at most a line of it; empty if nothing.
  String failure(Reply reply) throws IOException {
    byte[] bytes = reply.body().readNBytes(1 << 16);
    try {
      return JsonParser.parseString(new String(bytes, StandardCharsets.UTF_8))
              instanceof JsonObject object
          ? detail(object)
          : "";
    } catch (JsonParseException e) {
      return ""; // Not every error page is JSON, and a web page does not fit a sentence.
    }
  }

  private String detail(JsonObject reply) {
    JsonElement error = reply.get("error");
    String message = error instanceof JsonObject inner ? string(inner.get("message")) : null;
    message = message == null ? string(error) : message;
    message = message == null ? string(reply.get("message")) : message;
    message = message == null ? string(reply.get("detail")) : message;
    return message == null ? "" : " (" + subject.shown(message) + ")";
  }
}
