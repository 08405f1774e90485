package io.openmonetize.events;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The disjoint classes of billed tokens: each token of a call is counted in exactly one.
 *
 * <p>Providers disagree on what contains what (cached tokens stand inside the input count of OpenAI
 * and Gemini, beside it at Anthropic; thinking is inside Anthropic's output, beside Gemini's). The
 * usage readers take the providers' sums apart into these classes; totals are derived, never
 * stored.
 */
public enum TokenClass {
  /** Text input that no cache served or kept. */
  INPUT("input", Side.INPUT),
  INPUT_AUDIO("input_audio", Side.INPUT),
  INPUT_IMAGE("input_image", Side.INPUT),
  INPUT_VIDEO("input_video", Side.INPUT),
  /** Input served from a prompt cache. */
  CACHE_READ("cache_read", Side.INPUT),
  CACHE_READ_AUDIO("cache_read_audio", Side.INPUT),
  CACHE_READ_IMAGE("cache_read_image", Side.INPUT),
  CACHE_READ_VIDEO("cache_read_video", Side.INPUT),
  /** Input written to a prompt cache for its default life (Anthropic 5 minutes, OpenAI 30). */
  CACHE_WRITE("cache_write", Side.INPUT),
  /** Anthropic's {@code ephemeral_1h_input_tokens}. */
  CACHE_WRITE_1H("cache_write_1h", Side.INPUT),
  /** OpenAI's {@code ttl_12h_tokens}. */
  CACHE_WRITE_12H("cache_write_12h", Side.INPUT),
  /** Generated text, thinking not included. */
  OUTPUT("output", Side.OUTPUT),
  /** Thinking, whether or not its text was shown. */
  REASONING("reasoning", Side.OUTPUT),
  OUTPUT_AUDIO("output_audio", Side.OUTPUT),
  OUTPUT_IMAGE("output_image", Side.OUTPUT),
  OUTPUT_VIDEO("output_video", Side.OUTPUT);

  /** The side of the call on which a token stands. */
  public enum Side {
    INPUT,
    OUTPUT
  }

  /** Filled by a loop: a stream costs milliseconds in a start, where this is its first. */
  private static final Map<String, TokenClass> BY_WIRE_NAME = new HashMap<>();

  static {
    for (TokenClass each : values()) {
      BY_WIRE_NAME.put(each.wireName, each);
    }
  }

  private final String wireName;
  private final Side side;

  TokenClass(String wireName, Side side) {
    this.wireName = wireName;
    this.side = side;
  }

  public String wireName() {
    return wireName;
  }

  public Side side() {
    return side;
  }

  public static Optional<TokenClass> ofWireName(String name) {
    return Optional.ofNullable(BY_WIRE_NAME.get(name));
  }
}
