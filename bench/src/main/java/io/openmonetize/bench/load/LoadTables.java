package io.openmonetize.bench.load;

import java.io.PrintStream;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The results as tables: medians over the rounds, with the extremes behind them. */
final class LoadTables {
  private static final String NONE = "–";
  private static final int CHUNKS_PACED = Kind.Scripts.PACED_PIECES + 1;
  private static final int CHUNKS_BURST = Kind.Scripts.BURST_PIECES + 1;

  /** Who was measured. */
  record Columns(
      Contender direct,
      Contender defaults,
      Contender deployed,
      @Nullable Contender local,
      @Nullable Contender peer) {
    List<Contender> all() {
      return Stream.of(direct, defaults, deployed, local, peer).filter(Objects::nonNull).toList();
    }

    /** Without the local host, which has a table of its own. */
    List<Contender> proxies() {
      return Stream.of(defaults, deployed, peer).filter(Objects::nonNull).toList();
    }
  }

  private final Columns columns;
  private final Results results;

  LoadTables(Columns columns, Results results) {
    this.columns = columns;
    this.results = results;
  }

  void print(PrintStream out) {
    out.println("### What a call waits for the proxy, in ms");
    out.println();
    delays(out);
    out.println();
    out.println("### How much goes through");
    out.println();
    rates(out);
    out.println();
    out.println("### What the proxy takes of the machine");
    out.println();
    machine(out);
    if (columns.local() != null) {
      out.println();
      out.println("### What the local host adds");
      out.println();
      local(out, columns.local());
    }
  }

  private record Delay(String name, Kind kind, ToDoubleFunction<Run> figure) {}

  private static List<Delay> delayRows() {
    return Stream.of(
            percentiles("plain call, one at a time, added", Kind.PLAIN_ALONE, Run::total),
            percentiles("the same, Anthropic's API", Kind.PLAIN_ALONE_ANTHROPIC, Run::total),
            percentiles(
                "32 in flight, upstream answers after 100 ms, begun together, added",
                Kind.WAIT_TOGETHER,
                Run::total),
            percentiles("the same, begun apart", Kind.WAIT_APART, Run::total),
            percentiles(
                "first byte of a paced stream, 32 begun together, added",
                Kind.PACED_TOGETHER,
                Run::firstByte),
            percentiles("the same, begun apart", Kind.PACED_APART, Run::firstByte),
            percentiles(
                "the same, begun apart, Anthropic's API",
                Kind.PACED_APART_ANTHROPIC,
                Run::firstByte),
            percentiles(
                "chunk of these streams, begun together, added", Kind.PACED_TOGETHER, Run::chunk),
            percentiles("the same, begun apart", Kind.PACED_APART, Run::chunk),
            percentiles(
                "the same, begun apart, Anthropic's API", Kind.PACED_APART_ANTHROPIC, Run::chunk))
        .flatMap(List::stream)
        .toList();
  }

  private interface Percentile {
    double of(Run run, int percent);
  }

  private static List<Delay> percentiles(String name, Kind kind, Percentile figure) {
    return List.of(
        new Delay(name + ", p50", kind, run -> figure.of(run, 50)),
        new Delay(name + ", p99", kind, run -> figure.of(run, 99)));
  }

  private void delays(PrintStream out) {
    head(out, "figure", Stream.of(columns.direct()), columns.proxies().stream());
    for (Delay row : delayRows()) {
      String direct = shown(results.spread(columns.direct(), row.kind(), row.figure()), 3);
      row(
          out,
          row.name(),
          direct,
          c -> shown(results.above(c, columns.direct(), row.kind(), row.figure()), 3));
    }
  }

  private void rates(PrintStream out) {
    head(out, "a second, 32 at once", Stream.of(columns.direct()), columns.proxies().stream());
    rate(out, "plain calls, enqueued", Kind.PLAIN);
    rate(out, "plain calls, enqueue off", Kind.PLAIN_UNQUEUED);
    rate(out, "streams of 100 chunks at once, each a write", Kind.BURST);
    rate(out, "streams of 100 chunks in one write", Kind.LUMP);
  }

  private void rate(PrintStream out, String name, Kind kind) {
    String direct = shown(results.spread(columns.direct(), kind, Run::callsPerSecond), 0);
    row(out, name, direct, c -> shown(results.spread(c, kind, Run::callsPerSecond), 0));
  }

  private void machine(PrintStream out) {
    List<Contender> ours = List.of(columns.defaults(), columns.deployed());
    head(out, "figure", Stream.empty(), ours.stream());
    for (Kind kind : List.of(Kind.PLAIN_ALONE, Kind.PLAIN, Kind.PLAIN_UNQUEUED)) {
      own(out, cpuName(kind), c -> shown(results.spread(c, kind, Run::cpuPerCall), 0));
    }
    own(out, "µs of CPU a chunk, paced 10 ms", c -> chunk(c, Kind.PACED_APART, CHUNKS_PACED));
    own(out, "µs of CPU a chunk, 100 at once", c -> chunk(c, Kind.BURST, CHUNKS_BURST));
    own(
        out,
        "requests to the queue a call",
        c ->
            shown(
                results.spread(
                    c, Kind.PLAIN, r -> (double) r.log().requests() / r.scenario().calls()),
                2));
    for (Kind kind : List.of(Kind.PLAIN, Kind.PLAIN_UNQUEUED, Kind.BURST)) {
      own(
          out,
          "processors used, " + name(kind) + ": proxy / stand-ins",
          c ->
              shown(results.spread(c, kind, Run::cores), 2)
                  + " / "
                  + shown(results.spread(c, kind, Run::standInsCores), 2));
    }
    own(out, "MB resident at the end, 32 workers", c -> mebibytes(c, Kind.Process.MANY_WORKERS));
    own(out, "MB resident at the end, one worker", c -> mebibytes(c, Kind.Process.ONE_WORKER));
  }

  private static String cpuName(Kind kind) {
    return "µs of CPU a call, " + name(kind);
  }

  private static String name(Kind kind) {
    return switch (kind) {
      case PLAIN_ALONE -> "plain, one at a time";
      case PLAIN -> "plain, 32 at once";
      case PLAIN_UNQUEUED -> "plain, 32 at once, enqueue off";
      default -> "100 chunks, 32 at once";
    };
  }

  /** What a stream costs more than a plain call, by its chunks. */
  private String chunk(Contender contender, Kind stream, int chunks) {
    return shown(
        results.difference(
            contender,
            stream,
            run -> run.cpuPerCall() / chunks,
            contender,
            Kind.PLAIN,
            run -> run.cpuPerCall() / chunks),
        1);
  }

  private String mebibytes(Contender contender, Kind.Process process) {
    OptionalLong bytes = contender.residentBytes(process);
    return bytes.isEmpty() ? NONE : Long.toString(bytes.getAsLong() >> 20);
  }

  /** The local system has the deployed flags, so that the rest of the difference is its host. */
  private void local(PrintStream out, Contender local) {
    out.println("| figure | local system, over direct | its host's share |");
    out.println("| --- | --- | --- |");
    for (Delay row : delayRows()) {
      out.println(
          "| %s | %s | %s |"
              .formatted(
                  row.name(),
                  shown(results.above(local, columns.direct(), row.kind(), row.figure()), 3),
                  shown(results.above(local, columns.deployed(), row.kind(), row.figure()), 3)));
    }
    out.println(
        "| plain calls a second, 32 at once | %s | |"
            .formatted(shown(results.spread(local, Kind.PLAIN, Run::callsPerSecond), 0)));
    out.println(
        "| streams of 100 chunks a second | %s | |"
            .formatted(shown(results.spread(local, Kind.BURST, Run::callsPerSecond), 0)));
    out.println(
        "| µs of CPU a call, 32 at once | %s | %s |"
            .formatted(
                shown(results.spread(local, Kind.PLAIN, Run::cpuPerCall), 0),
                shown(results.above(local, columns.deployed(), Kind.PLAIN, Run::cpuPerCall), 0)));
  }

  private void own(PrintStream out, String name, Function<Contender, String> cell) {
    out.println(
        "| %s | %s | %s |"
            .formatted(name, cell.apply(columns.defaults()), cell.apply(columns.deployed())));
  }

  private void row(PrintStream out, String name, String first, Function<Contender, String> cell) {
    StringBuilder line = new StringBuilder("| " + name + " | " + first + " |");
    for (Contender contender : columns.proxies()) {
      line.append(' ').append(cell.apply(contender)).append(" |");
    }
    out.println(line);
  }

  private static void head(
      PrintStream out, String first, Stream<Contender> before, Stream<Contender> rest) {
    List<String> names = Stream.concat(before, rest).map(Contender::name).toList();
    out.println("| " + first + " | " + String.join(" | ", names) + " |");
    out.println("|" + " --- |".repeat(1 + names.size()));
  }

  private static String shown(Optional<Spread> figure, int digits) {
    return figure.map(f -> f.shown(digits)).orElse(NONE);
  }
}
