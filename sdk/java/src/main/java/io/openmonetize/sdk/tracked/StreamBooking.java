package io.openmonetize.sdk.tracked;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.openmonetize.sdk.answers.StreamedAnswer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Books a stream once, when it has ended or is left. Safe for use by several threads. */
public final class StreamBooking {
  private final Tracking tracking;
  private final StreamedAnswer answer;
  private boolean begun;
  private boolean settled;

  StreamBooking(Tracking tracking) {
    this.tracking = tracking;
    this.answer = StreamedAnswer.of(tracking.provider());
  }

  /**
   * Takes in an element of the stream.
   *
   * @param piece makes JSON of what of it bears usage; null if nothing does; may throw
   */
  public synchronized void add(Supplier<@Nullable JsonNode> piece) {
    begun = true;
    if (!settled) {
      tracking.quietly(
          () -> {
            JsonNode json = piece.get();
            if (json != null) {
              answer.add(json);
            }
          });
    }
  }

  /** The stream came to its end by itself. */
  public synchronized void ended() {
    answer.ended();
    settle();
  }

  /** The stream was closed before its end, or broke off. */
  public synchronized void left() {
    settle();
  }

  /** Nobody holds the stream any more, which was neither closed nor read to its end. */
  public synchronized void forgotten() {
    if (!settled) {
      tracking.quietly(() -> tracking.log("a stream was not closed: what was read is counted"));
      settle();
    }
  }

  /**
   * The call failed.
   *
   * @param answered whether the provider is known to have begun its answer; if it did not and no
   *     element came either, nothing is booked, as for a call that throws
   */
  public synchronized void failed(boolean answered) {
    if (begun || answered) {
      settle();
    } else {
      settled = true;
    }
  }

  private void settle() {
    if (settled) {
      return;
    }
    settled = true;
    tracking.quietly(
        () -> {
          ObjectNode reduced = answer.answer();
          boolean cut = !answer.isWhole();
          if (!cut && isCompletion(reduced) && !reduced.hasNonNull("usage")) {
            tracking.log(
                "a stream of chat completions said no usage:"
                    + " ask for it with stream_options.include_usage");
          }
          tracking.book(reduced, true, cut);
        });
  }

  private static boolean isCompletion(ObjectNode reduced) {
    String object = reduced.path("object").asText();
    return object.equals("chat.completion") || object.equals("text_completion");
  }
}
