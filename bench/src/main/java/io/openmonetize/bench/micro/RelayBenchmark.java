package io.openmonetize.bench.micro;

import io.openmonetize.bench.Shape;
import io.openmonetize.events.Provider;
import io.openmonetize.http.ClientRequest;
import io.openmonetize.http.ConnectionPool;
import io.openmonetize.http.ExchangeException;
import io.openmonetize.http.Origin;
import io.openmonetize.http.PooledClient;
import io.openmonetize.logging.Log;
import io.openmonetize.proxy.relay.Caller;
import io.openmonetize.proxy.relay.Meter;
import io.openmonetize.proxy.relay.OnCallerGone;
import io.openmonetize.proxy.relay.OwnTime;
import io.openmonetize.proxy.relay.Relay;
import io.openmonetize.runtime.http1.Headers;
import io.openmonetize.usage.AnswerEnd;
import io.openmonetize.usage.UsageReaders;
import io.openmonetize.usage.UsageReading;
import java.io.OutputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A stream through the proxy's relay and meter, from the chunks of the provider's connection to
 * those of the Runtime API's, with memory in the place of both sockets.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Unit(Unit.STREAM)
public class RelayBenchmark {
  /** What is relayed, and whether the frame is withheld that only the proxy asked for. */
  public enum Answer {
    ANTHROPIC(Shape.ANTHROPIC_STREAM, Provider.ANTHROPIC, "messages", false),
    OPENAI_WITHOUT_ITS_USAGE(Shape.OPENAI_CHAT_STREAM, Provider.OPENAI, "chat_completions", true);

    private final Shape shape;
    private final Provider provider;
    private final String endpoint;
    private final boolean withhold;

    Answer(Shape shape, Provider provider, String endpoint, boolean withhold) {
      this.shape = shape;
      this.provider = provider;
      this.endpoint = endpoint;
      this.withhold = withhold;
    }
  }

  private static final Instant END_BY = Instant.parse("9999-01-01T00:00:00Z");
  private static final ClientRequest REQUEST =
      new ClientRequest(
          Origin.of(URI.create("http://provider.invalid")),
          "POST",
          "/v1/messages",
          Headers.NONE,
          new byte[0]);

  @Param public Answer answer = Answer.ANTHROPIC;

  /** How often the piece of text comes. */
  @Param({"1", "1001"})
  public int pieces;

  private final Log log =
      new Log(OutputStream.nullOutputStream(), Log.Level.INFO, Clock.systemUTC());
  private final PooledClient client =
      new PooledClient(
          (origin, within) -> new RecordedConnection(origin, wire()),
          new ConnectionPool(0, Duration.ZERO, Clock.systemUTC()),
          Clock.systemUTC(),
          (origin, cause) -> {});
  private List<byte[]> wire = List.of();

  @Setup
  public void setUp() {
    wire = RecordedConnection.wire(answer.shape.frames(pieces));
  }

  @TearDown
  public void tearDown() {
    client.close();
  }

  private List<byte[]> wire() {
    return wire;
  }

  @Benchmark
  public UsageReading relay() throws ExchangeException {
    Meter meter =
        new Meter(
            () -> UsageReaders.of(answer.shape.request(), answer.shape.response()), log, "r-1");
    Caller caller = new Caller(new NowhereResponder(), END_BY, Map.of(), new OwnTime());
    Relay.Ending ending;
    try (var recorded = client.send(REQUEST, END_BY, END_BY)) {
      Relay relay = new Relay(recorded, caller, meter, OnCallerGone.DRAIN, answer.withhold);
      ending = relay.run(answer.provider, answer.endpoint);
    }
    if (ending != Relay.Ending.WHOLE) {
      throw new IllegalStateException("the relay ended " + ending);
    }
    return meter.finish(AnswerEnd.WHOLE);
  }
}
