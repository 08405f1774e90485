package io.openmonetize.sdk.answers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.openmonetize.sdk.BillableFields;
import io.openmonetize.sdk.Provider;
import org.jspecify.annotations.Nullable;

/**
 * The events of a provider's stream, merged into the answer that the provider would have given
 * without one, as far as it bills. Only pieces that bear usage are kept, so memory does not grow
 * with the stream. Not safe for use by several threads at once.
 */
public final class StreamedAnswer {
  private final Provider provider;
  private @Nullable Merge merge;
  private boolean ended;

  private StreamedAnswer(Provider provider) {
    this.provider = provider;
  }

  /**
   * Begins with nothing.
   *
   * @param provider whose stream it is
   * @return an answer to add events to
   */
  public static StreamedAnswer of(Provider provider) {
    return new StreamedAnswer(provider);
  }

  /**
   * Takes in an event. Those that are not known are passed over.
   *
   * @param event the data of one event of the stream
   */
  public void add(JsonNode event) {
    if (merge == null) {
      merge = mergeOf(event);
    }
    if (merge != null) {
      merge.add(event);
    }
  }

  /** The provider's stream came to its end by itself. */
  public void ended() {
    ended = true;
  }

  /**
   * Whether the usage is all that there will be: the provider said so, or its stream ended where it
   * does not.
   *
   * @return false for a stream that was left or broke off
   */
  public boolean isWhole() {
    return merge == null ? ended : merge.isWhole(ended);
  }

  /**
   * The answer so far, reduced to what bills.
   *
   * @return a new object
   */
  public ObjectNode answer() {
    ObjectNode answer = merge == null ? JsonNodeFactory.instance.objectNode() : merge.answer();
    return BillableFields.of(provider, answer);
  }

  private @Nullable Merge mergeOf(JsonNode event) {
    String type = event.path("type").asText();
    if (type.startsWith("message_")) {
      return new MessagesMerge();
    }
    if (type.startsWith("response.") && event.path("response").isObject()) {
      return new ResponsesMerge();
    }
    if (type.startsWith("image_") || type.startsWith("transcript.") || type.startsWith("speech.")) {
      return new MediaMerge(type);
    }
    if (event.has("event_type")) {
      return new InteractionsMerge();
    }
    if (event.has("object") || event.has("choices") || type.equals("completion")) {
      return new CompletionsMerge();
    }
    boolean gemini =
        event.has("candidates") || event.has("usageMetadata") || event.has("responseId");
    return gemini ? new GenerateMerge() : null;
  }
}
