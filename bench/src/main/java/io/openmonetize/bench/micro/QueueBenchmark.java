package io.openmonetize.bench.micro;

import io.openmonetize.events.QueueMessage;
import io.openmonetize.logging.Log;
import io.openmonetize.queue.UsageQueue;
import java.io.OutputStream;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

/** A message made ready for the queue, up to the client of SQS, which here takes all at once. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Unit("message")
public class QueueBenchmark {
  private final Taker taker = new Taker();
  private final UsageQueue queue =
      new UsageQueue(
          taker,
          "http://127.0.0.1/000000000000/usage",
          new Log(OutputStream.nullOutputStream(), Log.Level.INFO, Clock.systemUTC()));
  private final QueueMessage intent = new QueueMessage.Intent(Samples.intent());
  private final QueueMessage event = new QueueMessage.Event(Samples.event());

  @Benchmark
  public int intent() {
    queue.send(intent, Samples.CALLED);
    return taker.characters;
  }

  @Benchmark
  public int event() {
    queue.send(event, Samples.CALLED);
    return taker.characters;
  }

  private static final class Taker implements SqsClient {
    private static final SendMessageResponse TAKEN = SendMessageResponse.builder().build();

    private int characters;

    @Override
    public SendMessageResponse sendMessage(SendMessageRequest request) {
      characters = request.messageBody().length();
      return TAKEN;
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }
}
