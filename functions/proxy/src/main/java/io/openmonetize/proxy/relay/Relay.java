package io.openmonetize.proxy.relay;

import io.openmonetize.events.Provider;
import io.openmonetize.http.Answer;
import io.openmonetize.http.ExchangeException;
import io.openmonetize.proxy.reply.Failure;
import io.openmonetize.proxy.reply.ProviderErrors;
import io.openmonetize.runtime.http1.Headers;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Passes one answer on: each read of the provider is one write to the caller, and only then the
 * meter's. Nothing waits for more.
 */
public final class Relay {
  /** How the answer ended. */
  public enum Ending {
    WHOLE,
    /** The provider's connection broke. */
    BROKEN,
    /** The platform's time was nearly up. */
    TIMED_OUT,
    /** The caller had gone, and the provider was hung up on. */
    ABANDONED
  }

  private static final int READ_BYTES = 16 * 1024;

  private final Answer answer;
  private final Caller caller;
  private final Meter meter;
  private final OnCallerGone onCallerGone;
  private final @Nullable UsageFrameFilter filter;
  private final StreamTail tail = new StreamTail();
  private @Nullable Long firstByteNanos;
  private long lastByteNanos = System.nanoTime();

  /**
   * @param withholdUsage whether the caller is to be spared the frame that it did not ask for
   */
  public Relay(
      Answer answer, Caller caller, Meter meter, OnCallerGone onCallerGone, boolean withholdUsage) {
    this.answer = answer;
    this.caller = caller;
    this.meter = meter;
    this.onCallerGone = onCallerGone;
    this.filter = withholdUsage && isReadableStream() ? new UsageFrameFilter() : null;
  }

  /** Returns when the caller has its last byte, or will get no more. */
  public Ending run(Provider provider, String endpoint) {
    caller.begin(answer.head());
    Ending ending = copy();
    if (ending != Ending.ABANDONED) {
      forwardHeld();
    }
    switch (ending) {
      case WHOLE -> caller.end();
      case BROKEN -> {
        // The event is for SDKs, which raise it; the broken end for all who would not.
        sendEvent(provider, endpoint, Failure.INTERRUPTED);
        caller.fail("Provider.Interrupted", "The provider's answer broke off");
      }
      case TIMED_OUT -> {
        if (sendEvent(provider, endpoint, Failure.TIMED_OUT)) {
          // Ended well, since a broken end may cost the caller the event just sent.
          caller.end();
        } else {
          caller.fail("Proxy.TimedOut", "The platform's time was up before the answer's end");
        }
      }
      case ABANDONED -> {}
    }
    return ending;
  }

  /** {@code System.nanoTime()} of the first byte of the body; null when there was none. */
  public @Nullable Long firstByteNanos() {
    return firstByteNanos;
  }

  /** {@code System.nanoTime()} of the last byte of the body, or of the head when there was none. */
  public long lastByteNanos() {
    return lastByteNanos;
  }

  private Ending copy() {
    byte[] buffer = new byte[READ_BYTES];
    while (true) {
      if (caller.gone() && onCallerGone == OnCallerGone.CANCEL) {
        return Ending.ABANDONED;
      }
      int count;
      try {
        count = answer.read(buffer);
      } catch (ExchangeException e) {
        return e.kind() == ExchangeException.Kind.TIMED_OUT ? Ending.TIMED_OUT : Ending.BROKEN;
      }
      if (count < 0) {
        return Ending.WHOLE;
      }
      lastByteNanos = System.nanoTime();
      firstByteNanos = firstByteNanos == null ? lastByteNanos : firstByteNanos;
      if (filter == null) {
        forward(buffer, count);
      } else {
        byte[] passed = filter.pass(buffer, count);
        forward(passed, passed.length);
      }
      meter.read(buffer, count);
    }
  }

  private void forward(byte[] buffer, int count) {
    caller.write(buffer, 0, count);
    tail.saw(buffer, 0, count);
  }

  /** What the filter holds of a frame that did not end: the caller's, however the answer ended. */
  private void forwardHeld() {
    if (filter != null) {
      byte[] rest = filter.end();
      forward(rest, rest.length);
    }
  }

  /** False where the answer is no event stream, and an event would be garbage in it. */
  private boolean sendEvent(Provider provider, String endpoint, Failure failure) {
    if (!isReadableStream()) {
      return false;
    }
    String event = ProviderErrors.event(provider, endpoint, failure);
    // The lines of an unfinished event would swallow it; ended here, that event fails to parse,
    // which is right too.
    String text = tail.isBetweenEvents() ? event : "\n\n" + event;
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    caller.write(bytes, 0, bytes.length);
    return true;
  }

  private boolean isReadableStream() {
    Headers headers = answer.head().headers();
    String coding = headers.first("content-encoding").orElse("identity");
    return isEventStream(answer) && coding.strip().equalsIgnoreCase("identity");
  }

  /** Whether the answer is an event stream, coded or not. */
  public static boolean isEventStream(Answer answer) {
    String type = answer.head().headers().first("content-type").orElse("");
    return type.strip().toLowerCase(Locale.ROOT).startsWith("text/event-stream");
  }
}
