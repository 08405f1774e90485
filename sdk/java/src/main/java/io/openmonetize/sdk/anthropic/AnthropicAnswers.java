package io.openmonetize.sdk.anthropic;

import com.anthropic.core.ObjectMappers;
import com.anthropic.models.beta.messages.BetaMessage;
import com.anthropic.models.beta.messages.BetaRawMessageStreamEvent;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StructuredMessage;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** The client's objects as the JSON that they were made of. */
final class AnthropicAnswers {
  private AnthropicAnswers() {}

  static boolean isKnown(@Nullable Object result) {
    return result instanceof Message
        || result instanceof BetaMessage
        || result instanceof StructuredMessage<?>
        || result instanceof com.anthropic.models.beta.messages.StructuredMessage<?>;
  }

  static JsonNode answer(@Nullable Object result) {
    if (result instanceof StructuredMessage<?> message) {
      return tree(message.rawMessage());
    }
    if (result instanceof com.anthropic.models.beta.messages.StructuredMessage<?> message) {
      return tree(message.rawMessage());
    }
    return tree(result);
  }

  /** Null for an event that bears no usage. */
  static @Nullable JsonNode piece(@Nullable Object event) {
    if (event instanceof RawMessageStreamEvent raw) {
      boolean bears = raw.isMessageStart() || raw.isMessageDelta() || raw.isMessageStop();
      return bears ? tree(raw) : null;
    }
    if (event instanceof BetaRawMessageStreamEvent raw) {
      boolean bears = raw.isMessageStart() || raw.isMessageDelta() || raw.isMessageStop();
      return bears ? tree(raw) : null;
    }
    return null;
  }

  private static JsonNode tree(@Nullable Object value) {
    return ObjectMappers.jsonMapper().valueToTree(value);
  }
}
