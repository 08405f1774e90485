package io.openmonetize.local;

import io.openmonetize.events.TokenClass;
import io.openmonetize.events.TokenCounts;
import io.openmonetize.local.parts.FakeProvider;
import io.openmonetize.local.parts.Pace;
import io.openmonetize.local.parts.ReceivedCall;
import io.openmonetize.local.parts.Reply;
import io.openmonetize.local.parts.Script;
import io.openmonetize.local.parts.StandInProviders;
import io.openmonetize.local.parts.Tokens;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** Stand-in providers that keep a record of all that they served. */
final class DrillProviders implements AutoCloseable {
  private static final Pattern NUMBER = Pattern.compile("drill-(\\d+)");
  private static final Pattern RESPONSE_ID =
      Pattern.compile("\"(?:id|responseId)\"\\s*:\\s*\"((?:msg_01|chatcmpl-)?[0-9a-f]{22,32})\"");

  private final StandInProviders providers;
  private final Set<ReceivedCall> received = new LinkedHashSet<>();
  private final Thread collector;

  private DrillProviders(StandInProviders providers) {
    this.providers = providers;
    this.collector = Thread.ofVirtual().name("drill-collector").start(this::collect);
  }

  static DrillProviders start() throws IOException {
    Pace pace = new Pace(Duration.ofMillis(60), Duration.ofMillis(40));
    return new DrillProviders(StandInProviders.start(DrillProviders::reply, pace));
  }

  /**
   * One request that came, and what it was answered with.
   *
   * @param number of the call, by which its client knows it; a client's library may send it twice
   */
  record Served(int number, String responseId, boolean begun, boolean complete) {}

  Map<String, String> variables() {
    return Map.of(
        "ANTHROPIC_BASE_URL", providers.anthropic().baseUrl().toString(),
        "OPENAI_BASE_URL", providers.openAi().baseUrl().toString(),
        "GEMINI_BASE_URL", providers.gemini().baseUrl().toString());
  }

  /** What a client says in the call of this number. */
  static String prompt(int number) {
    return "drill-" + number;
  }

  /** What the answer to this call states, whichever provider gives it. */
  static TokenCounts tokens(int number) {
    Tokens tokens = reply(number).tokens();
    return new TokenCounts(
        Map.of(
            TokenClass.INPUT, tokens.input(),
            TokenClass.CACHE_READ, tokens.cacheRead(),
            TokenClass.OUTPUT, tokens.output(),
            TokenClass.REASONING, tokens.reasoning()));
  }

  /** Once every answer has ended. */
  List<Served> served() throws InterruptedException, TimeoutException, IOException {
    List<ReceivedCall> all;
    synchronized (received) {
      take();
      all = List.copyOf(received);
    }
    List<Served> served = new ArrayList<>();
    for (ReceivedCall call : all) {
      ReceivedCall.End end = call.awaitEnd(Duration.ofSeconds(30));
      String id = found(RESPONSE_ID, answer(call.script()));
      served.add(
          new Served(number(call.body()), id, call.begun(), end == ReceivedCall.End.COMPLETE));
    }
    return served;
  }

  @Override
  public void close() {
    collector.interrupt();
    providers.close();
  }

  private static Reply reply(byte[] request) {
    return reply(number(request));
  }

  /** The number shows in the tokens, and makes answers long and short. */
  private static Reply reply(int number) {
    return new Reply(
        Collections.nCopies(4 + number % 16, "word "),
        new Tokens(
            1_000L + number, 64L * (number % 3), 0, 0, 20L + number % 97, number % 4 == 0 ? 9 : 0));
  }

  private static int number(byte[] request) {
    return Integer.parseInt(found(NUMBER, new String(request, StandardCharsets.UTF_8)));
  }

  private static String answer(Script script) throws IOException {
    boolean packed =
        script.steps().stream()
            .anyMatch(
                step ->
                    step instanceof Script.Whole(int _, var headers, byte[] _)
                        && headers.contains("Content-Encoding"));
    byte[] body = script.body();
    return new String(
        packed ? new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes() : body,
        StandardCharsets.UTF_8);
  }

  private static String found(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new AssertionError("no " + pattern + " in " + text);
    }
    return matcher.group(1);
  }

  /** A stand-in remembers its last thousand calls only. */
  private void collect() {
    try {
      while (true) {
        synchronized (received) {
          take();
        }
        Thread.sleep(100);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void take() {
    for (FakeProvider provider :
        List.of(providers.anthropic(), providers.openAi(), providers.gemini())) {
      received.addAll(provider.calls());
    }
  }
}
