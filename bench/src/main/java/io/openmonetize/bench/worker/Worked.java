package io.openmonetize.bench.worker;

/**
 * What some batches took.
 *
 * @param cpuNanos processor time of the worker's whole process, compiler and collector included
 * @param storeNanos processor time of the store's process; 0 where it is not looked at
 */
record Worked(long events, long wallNanos, long cpuNanos, long storeNanos) {
  double cpuMicrosAnEvent() {
    return cpuNanos / 1e3 / events;
  }

  double storeMicrosAnEvent() {
    return storeNanos / 1e3 / events;
  }

  double eventsASecond() {
    return events * 1e9 / wallNanos;
  }
}
