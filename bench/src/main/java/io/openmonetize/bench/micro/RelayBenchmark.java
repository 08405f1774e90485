package io.openmonetize.bench.micro;

import io.openmonetize.bench.Shape;
import io.openmonetize.events.Provider;
import io.openmonetize.logging.Log;
import io.openmonetize.proxy.relay.Caller;
import io.openmonetize.proxy.relay.Meter;
import io.openmonetize.proxy.relay.OnCallerGone;
import io.openmonetize.proxy.relay.Relay;
import io.openmonetize.usage.AnswerEnd;
import io.openmonetize.usage.UsageReaders;
import io.openmonetize.usage.UsageReading;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
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

  private static final Instant END_BY = Instant.MAX;

  @Param public Answer answer = Answer.ANTHROPIC;

  /** How often the piece of text comes. */
  @Param({"1", "1001"})
  public int pieces;

  private final Log log =
      new Log(OutputStream.nullOutputStream(), Log.Level.INFO, Clock.systemUTC());
  private List<byte[]> wire = List.of();

  @Setup
  public void setUp() {
    wire = RecordedAnswer.wire(answer.shape.frames(pieces));
  }

  @Benchmark
  public UsageReading relay() throws IOException {
    Meter meter =
        new Meter(
            () -> UsageReaders.of(answer.shape.request(), answer.shape.response()), log, "r-1");
    Caller caller = new Caller(new NowhereResponder(), END_BY, Map.of());
    Relay relay =
        new Relay(RecordedAnswer.of(wire), caller, meter, OnCallerGone.DRAIN, answer.withhold);
    Relay.Ending ending = relay.run(answer.provider, answer.endpoint);
    if (ending != Relay.Ending.WHOLE) {
      throw new IllegalStateException("the relay ended " + ending);
    }
    return meter.finish(AnswerEnd.WHOLE);
  }
}
