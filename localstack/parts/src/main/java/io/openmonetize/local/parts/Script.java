package io.openmonetize.local.parts;

import io.openmonetize.runtime.http1.Headers;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a {@link FakeProvider} does with one request, step by step: exact bytes at exact moments,
 * and the ways in which a provider can fail. Immutable; each method gives a script with one more
 * step.
 */
public record Script(List<Step> steps) {
  /** One thing that the provider does. */
  public sealed interface Step {}

  /** A whole response, its length stated. */
  public record Whole(int status, Headers headers, byte[] body) implements Step {}

  /** The head of a response whose body follows in chunks. */
  public record Head(int status, Headers headers) implements Step {}

  /** One chunk, and one write of the socket. */
  public record Send(byte[] bytes) implements Step {}

  public record Wait(Duration time) implements Step {}

  /** Nothing more, until the other side gives up. */
  public record Silence() implements Step {}

  /** The connection is reset. */
  public record Cut() implements Step {}

  public Script {
    steps = List.copyOf(steps);
  }

  public static Script whole(int status, Headers headers, byte[] body) {
    return new Script(List.of(new Whole(status, headers, body)));
  }

  public static Script json(int status, String body) {
    return whole(status, Headers.of("Content-Type", "application/json"), utf8(body));
  }

  /** A stream that is yet to get its pieces. */
  public static Script stream(int status, Headers headers) {
    return new Script(List.of(new Head(status, headers)));
  }

  public static Script sse() {
    return stream(200, Headers.of("Content-Type", "text/event-stream; charset=utf-8"));
  }

  /** Takes the request and never answers. */
  public static Script silent() {
    return new Script(List.of(new Silence()));
  }

  /** Takes the request and resets the connection. */
  public static Script reset() {
    return new Script(List.of(new Cut()));
  }

  public Script after(Duration time) {
    List<Step> later = new ArrayList<>(List.of(new Wait(time)));
    later.addAll(steps);
    return new Script(later);
  }

  public Script send(byte[] bytes) {
    return with(new Send(bytes));
  }

  public Script send(String text) {
    return send(utf8(text));
  }

  public Script pause(Duration time) {
    return time.isZero() ? this : with(new Wait(time));
  }

  public Script silence() {
    return with(new Silence());
  }

  public Script cut() {
    return with(new Cut());
  }

  /** The same bytes, each in a chunk and a write of its own. */
  public Script byteByByte() {
    List<Step> single = new ArrayList<>();
    for (Step step : steps) {
      if (step instanceof Whole(int status, Headers headers, byte[] body)) {
        single.add(new Head(status, headers));
        addSingly(single, body);
      } else if (step instanceof Send(byte[] bytes)) {
        addSingly(single, bytes);
      } else {
        single.add(step);
      }
    }
    return new Script(single);
  }

  /** All bytes of the response's body, as they would be sent if nobody hung up. */
  public byte[] body() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Step step : steps) {
      if (step instanceof Whole whole) {
        all.writeBytes(whole.body());
      } else if (step instanceof Send(byte[] bytes)) {
        all.writeBytes(bytes);
      }
    }
    return all.toByteArray();
  }

  private Script with(Step step) {
    List<Step> more = new ArrayList<>(steps);
    more.add(step);
    return new Script(more);
  }

  private static void addSingly(List<Step> steps, byte[] bytes) {
    for (byte one : bytes) {
      steps.add(new Send(new byte[] {one}));
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
