package io.openmonetize.bench.micro;

import io.openmonetize.proxy.request.FunctionUrlRequest;
import io.openmonetize.proxy.request.FunctionUrlRequestParser;
import io.openmonetize.proxy.request.MalformedRequestException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The event in which a Function URL hands a call over. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Unit("call")
public class FunctionUrlBenchmark {
  private final byte[] event = event();

  @Benchmark
  public FunctionUrlRequest parse() throws MalformedRequestException {
    return FunctionUrlRequestParser.parse(event);
  }

  /** As an SDK's call comes in, with the fields that the front door adds. */
  private static byte[] event() {
    String name = "function-url-event.json";
    try (InputStream stream = FunctionUrlBenchmark.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException("not beside this class: " + name);
      }
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
