package io.openmonetize.bench.load;

import java.time.Duration;

/**
 * One run of a scenario, in which every call was whole and booked.
 *
 * @param cpu processor time of the measured process
 * @param standIns processor time of all stand-ins and callers
 * @param sentAgain messages that the queue had already
 */
record Run(
    Scenario scenario,
    Samples samples,
    Duration cpu,
    Duration standIns,
    EventLog log,
    int sentAgain) {
  /** In milliseconds. */
  double firstByte(int percent) {
    return Longs.percentile(samples.firstByte.sorted(), percent) / 1e6;
  }

  /** In milliseconds. */
  double total(int percent) {
    return Longs.percentile(samples.total.sorted(), percent) / 1e6;
  }

  /** In milliseconds. */
  double chunk(int percent) {
    return Longs.percentile(samples.chunk.sorted(), percent) / 1e6;
  }

  double callsPerSecond() {
    return scenario.calls() * 1e9 / samples.wallNanos();
  }

  /** Of the process, in microseconds. */
  double cpuPerCall() {
    return cpu.toNanos() / 1e3 / scenario.calls();
  }

  /** In microseconds. */
  double standInsPerCall() {
    return standIns.toNanos() / 1e3 / scenario.calls();
  }

  /** How many processors the process had on average. */
  double cores() {
    return (double) cpu.toNanos() / samples.wallNanos();
  }

  /** How much of one processor the stand-ins had. */
  double standInsCores() {
    return (double) standIns.toNanos() / samples.wallNanos();
  }
}
