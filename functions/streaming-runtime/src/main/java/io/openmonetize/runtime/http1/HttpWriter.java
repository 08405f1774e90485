package io.openmonetize.runtime.http1;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes messages to one connection, each part with one write of the underlying stream.
 *
 * <p>Names, values, targets and reasons that could end their line are refused with an {@link
 * IllegalArgumentException} before anything is written: a value with a CRLF in it would write
 * fields, or a whole second message, of its author's choice. Not for use by more than one thread at
 * a time.
 */
public final class HttpWriter {
  private static final int JOINED_BYTES = 64 * 1024;

  private final OutputStream out;

  public HttpWriter(OutputStream out) {
    this.out = out;
  }

  public void requestHead(RequestHead head) throws IOException {
    send(encode(head));
  }

  /** An empty reason stands for none. */
  public void responseHead(ResponseHead head) throws IOException {
    send(encode(head));
  }

  /**
   * A whole request, head and body in one write up to 64 KiB. Where the head states no length,
   * {@code Content-Length} is added, except for an empty body of a method that has none.
   *
   * @throws IllegalArgumentException for a Content-Length other than the body's, or for chunked
   */
  public void request(RequestHead head, byte[] body) throws IOException {
    send(encode(RequestFraming.withLength(head, body.length)), body);
  }

  /** The body of a message whose head said {@code Transfer-Encoding: chunked}. */
  public ChunkedOutput chunked() {
    return ChunkedOutput.chunked(out, () -> {});
  }

  /** A whole response whose head frames this body. */
  void response(ResponseHead head, byte[] body) throws IOException {
    send(encode(head), body);
  }

  OutputStream out() {
    return out;
  }

  private void send(byte[] head) throws IOException {
    out.write(head);
    out.flush();
  }

  private void send(byte[] head, byte[] body) throws IOException {
    if (head.length + body.length > JOINED_BYTES) {
      out.write(head);
      send(body);
      return;
    }
    byte[] joined = Arrays.copyOf(head, head.length + body.length);
    System.arraycopy(body, 0, joined, head.length, body.length);
    send(joined);
  }

  private static byte[] encode(RequestHead head) {
    RequestFraming.require(Syntax.isToken(head.method()), "The method");
    RequestFraming.require(Syntax.isTarget(head.target()), "The request target");
    StringBuilder text = new StringBuilder(256);
    text.append(head.method()).append(' ').append(head.target()).append(" HTTP/1.1\r\n");
    return encode(text, head.headers());
  }

  private static byte[] encode(ResponseHead head) {
    RequestFraming.require(head.status() >= 100 && head.status() <= 999, "The status");
    RequestFraming.require(Syntax.isText(head.reason()), "The reason phrase");
    StringBuilder text = new StringBuilder(256);
    text.append("HTTP/1.1 ").append(head.status()).append(' ').append(head.reason());
    return encode(text.append("\r\n"), head.headers());
  }

  private static byte[] encode(StringBuilder text, Headers headers) {
    append(text, headers);
    return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  static void append(StringBuilder text, Headers headers) {
    for (Headers.Field field : headers.fields()) {
      RequestFraming.requireField(field);
      text.append(field.name()).append(": ").append(field.value()).append("\r\n");
    }
  }
}
