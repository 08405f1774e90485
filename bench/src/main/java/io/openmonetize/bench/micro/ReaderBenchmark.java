package io.openmonetize.bench.micro;

import io.openmonetize.bench.Shape;
import io.openmonetize.usage.AnswerEnd;
import io.openmonetize.usage.UsageReader;
import io.openmonetize.usage.UsageReaders;
import io.openmonetize.usage.UsageReading;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A whole stream, copied frame by frame; and the same copied and read. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Unit(Unit.STREAM)
public class ReaderBenchmark {
  private static final int BUFFER_BYTES = 64 * 1024;

  @Param public Shape shape = Shape.ANTHROPIC_STREAM;

  /** How often the piece of text comes. */
  @Param({"1", "1001"})
  public int pieces;

  private final byte[] buffer = new byte[BUFFER_BYTES];
  private List<byte[]> frames = List.of();

  @Setup
  public void setUp() {
    frames = shape.frames(pieces);
  }

  @Benchmark
  public byte[] copy() {
    for (byte[] frame : frames) {
      System.arraycopy(frame, 0, buffer, 0, frame.length);
    }
    return buffer;
  }

  @Benchmark
  public UsageReading copyAndRead() {
    UsageReader reader = UsageReaders.of(shape.request(), shape.response());
    for (byte[] frame : frames) {
      System.arraycopy(frame, 0, buffer, 0, frame.length);
      reader.read(buffer, 0, frame.length);
    }
    return reader.finish(AnswerEnd.WHOLE);
  }
}
