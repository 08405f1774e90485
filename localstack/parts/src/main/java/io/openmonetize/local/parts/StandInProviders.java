package io.openmonetize.local.parts;

import java.io.IOException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Three servers on this machine that answer like Anthropic, OpenAI and Gemini. Any provider key is
 * good, except none and {@link #REFUSED_KEY}.
 */
public final class StandInProviders implements AutoCloseable {
  /** The provider key that all three refuse. */
  public static final String REFUSED_KEY = "a-wrong-provider-key";

  /** What the models say where nothing else is wanted, with tokens of every class. */
  public static final Reply USUAL_REPLY =
      new Reply(
          List.of("A meter ", "counts what ", "flows through it, ", "größer or ", "smaller."),
          new Tokens(120, 64, 32, 16, 21, 13));

  private static final int ID_BYTES = 16;

  private final FakeProvider anthropic;
  private final FakeProvider openAi;
  private final FakeProvider gemini;

  private StandInProviders(FakeProvider anthropic, FakeProvider openAi, FakeProvider gemini) {
    this.anthropic = anthropic;
    this.openAi = openAi;
    this.gemini = gemini;
  }

  /** With the usual reply, at once. */
  public static StandInProviders start() throws IOException {
    return start(body -> USUAL_REPLY, Pace.AT_ONCE);
  }

  /**
   * @param replies gives the answer to a request's body
   */
  public static StandInProviders start(Function<byte[], Reply> replies, Pace pace)
      throws IOException {
    return start(new Model(replies, pace, StandInProviders::randomId, Clock.systemUTC()));
  }

  public static StandInProviders start(Model model) throws IOException {
    return new StandInProviders(
        FakeProvider.start(new AnthropicStandIn(model)),
        FakeProvider.start(new OpenAiStandIn(model)),
        FakeProvider.start(new GeminiStandIn(model)));
  }

  public FakeProvider anthropic() {
    return anthropic;
  }

  public FakeProvider openAi() {
    return openAi;
  }

  public FakeProvider gemini() {
    return gemini;
  }

  @Override
  public void close() {
    anthropic.close();
    openAi.close();
    gemini.close();
  }

  static boolean accepts(String key) {
    return !key.isBlank() && !key.equals(REFUSED_KEY);
  }

  private static String randomId() {
    byte[] bytes = new byte[ID_BYTES];
    RandomGenerator.getDefault().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
