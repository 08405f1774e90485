package io.openmonetize.proxy.relay;

/**
 * The proxy's own share of the time to an answer's head: from having the event until the head is
 * sent, less the time that the provider was waited for. The wait begins when the request is handed
 * to the connection and ends with the answer's head or its failure; a new connection to the
 * provider is part of it. For one thread.
 */
public final class OwnTime {
  static final String HEADER = "server-timing";

  private static final int NANOS_A_HUNDREDTH = 10_000;

  private final long begun = System.nanoTime();
  private long waited;

  public void waited(long nanos) {
    waited += nanos;
  }

  /** Such as {@code om;dur=0.42}, in milliseconds (W3C Server Timing). */
  String value() {
    return value(System.nanoTime() - begun - waited);
  }

  static String value(long nanos) {
    long hundredths = Math.max(0, nanos) / NANOS_A_HUNDREDTH;
    long rest = hundredths % 100;
    return "om;dur=" + hundredths / 100 + (rest < 10 ? ".0" : ".") + rest;
  }
}
