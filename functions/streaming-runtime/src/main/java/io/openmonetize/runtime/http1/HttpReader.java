package io.openmonetize.runtime.http1;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads messages off one connection: a head, then its body to the end, then the next head.
 *
 * <p>Nothing is taken out of the buffer before it is there in full, so that a {@link
 * java.net.SocketTimeoutException} loses nothing and the same call can be made again. Not for use
 * by more than one thread at a time.
 */
public final class HttpReader {
  static final int MAX_HEAD_BYTES = 64 * 1024;

  private static final int MAX_CHUNK_LINE_BYTES = 1024;
  private static final int MAX_CHUNK_DIGITS = 15;

  private final InputStream in;
  private byte[] buffer = new byte[8 * 1024];
  private int position;
  private int limit;
  private HttpVersion version = HttpVersion.HTTP_1_1;
  private boolean lastMessage;

  public HttpReader(InputStream in) {
    this.in = in;
  }

  /**
   * Waits for the first byte of whatever comes next.
   *
   * @return false if the peer closed its end instead: on a kept-alive connection, the sign that it
   *     was stale and that the peer has seen nothing of what was sent last
   */
  public boolean awaitByte() throws IOException {
    return position < limit || fill();
  }

  /** How many bytes were taken from the connection and not read yet; never waits. */
  public int buffered() {
    return limit - position;
  }

  /**
   * The next request, or null when the peer closed the connection between two.
   *
   * @throws MalformedHttpException also for more than 64 KiB or 1000 fields
   */
  public @Nullable RequestHead requestHead() throws IOException {
    // RFC 9112 section 2.2: one empty line before a request is ignored, old clients end bodies so.
    if (!awaitByte() || (skipEmptyLine() && !awaitByte())) {
      return null;
    }
    HeadParser.Parsed<RequestHead> parsed = HeadParser.request(section("request head"));
    version = parsed.version();
    return parsed.head();
  }

  /**
   * The next response, which may be an interim one (1xx).
   *
   * @throws EOFException when the peer closed the connection instead
   * @throws MalformedHttpException also for more than 64 KiB or 1000 fields
   */
  public ResponseHead responseHead() throws IOException {
    if (!awaitByte()) {
      throw new EOFException("The connection was closed before a response");
    }
    HeadParser.Parsed<ResponseHead> parsed = HeadParser.response(section("response head"));
    version = parsed.version();
    return parsed.head();
  }

  /** The body of the request whose head was read last. */
  public BodyInput requestBody(RequestHead head) throws MalformedHttpException {
    return body(Framing.ofRequest(version, head.headers()));
  }

  /**
   * The body of the response whose head was read last.
   *
   * @param toHead whether it answers a HEAD request, and so has no body whatever its fields say
   */
  public BodyInput responseBody(ResponseHead head, boolean toHead) throws MalformedHttpException {
    return body(Framing.ofResponse(version, head, toHead));
  }

  /**
   * Whether the connection may carry another message after the one whose head and body were got
   * here last, once that body is complete. HTTP/1.0 connections are not kept.
   */
  public boolean keepAlive(Headers headers) {
    boolean twoLengths =
        headers.contains("Transfer-Encoding") && headers.contains("Content-Length");
    return version == HttpVersion.HTTP_1_1
        && !lastMessage
        && !twoLengths
        && !headers.lists("Connection", "close");
  }

  HttpVersion version() {
    return version;
  }

  /** Whether the next bytes are these, and here already. */
  boolean buffers(byte[] bytes) {
    int end = position + bytes.length;
    return end <= limit && Arrays.equals(buffer, position, end, bytes, 0, bytes.length);
  }

  /** What is buffered, or else what one read of the connection gives; -1 at its end. */
  int read(byte[] target, int offset, int length) throws IOException {
    if (position == limit) {
      if (length >= buffer.length) {
        return in.read(target, offset, length);
      }
      if (!fill()) {
        return -1;
      }
    }
    int count = Math.min(length, limit - position);
    System.arraycopy(buffer, position, target, offset, count);
    position += count;
    return count;
  }

  /** The line that opens a chunk: its size, extensions skipped. */
  long chunkSize() throws IOException {
    int length = chunkLineLength();
    long size = 0;
    int digits = 0;
    for (int digit; (digit = hexDigit(buffer[position + digits])) >= 0; digits++) {
      if (digits == MAX_CHUNK_DIGITS) {
        throw new MalformedHttpException("A chunk size of more than 15 digits");
      }
      size = size << 4 | digit;
    }
    if (digits == 0 || !isChunkExtension(position + digits, position + length)) {
      throw new MalformedHttpException("A chunk size is not a hexadecimal number");
    }
    position += length + 2;
    return size;
  }

  /** The line end that closes a chunk's data. */
  void chunkEnd() throws IOException {
    while (limit - position < 2) {
      fillBody();
    }
    if (buffer[position] != '\r' || buffer[position + 1] != '\n') {
      throw new MalformedHttpException("A chunk is longer than its size");
    }
    position += 2;
  }

  /** The fields after the last chunk. */
  Headers trailers() throws IOException {
    try {
      return HeadParser.fields(section("trailers"), 0);
    } catch (EOFException e) {
      throw new TruncatedBodyException("The connection was closed within the trailers");
    }
  }

  private BodyInput body(Framing framing) {
    lastMessage = framing instanceof Framing.UntilClose;
    return switch (framing) {
      case Framing.Empty() -> new LengthBody(this, 0);
      case Framing.Length(long bytes) -> new LengthBody(this, bytes);
      case Framing.Chunked() -> new ChunkedBody(this);
      case Framing.UntilClose() -> new UntilCloseBody(this);
    };
  }

  private boolean skipEmptyLine() throws IOException {
    if (buffer[position] != '\r') {
      return false;
    }
    if (limit - position < 2 && !fill()) {
      throw new EOFException("The connection was closed within a line end");
    }
    boolean empty = buffer[position + 1] == '\n';
    position += empty ? 2 : 0;
    return empty;
  }

  /** Lines up to and including the next empty one, all ended by CRLF. */
  private String section(String what) throws IOException {
    int length = sectionLength(what);
    String section = new String(buffer, position, length, StandardCharsets.ISO_8859_1);
    position += length;
    return section;
  }

  private int sectionLength(String what) throws IOException {
    int scanned = 0;
    int lineStart = 0;
    while (true) {
      while (scanned < limit - position) {
        boolean afterCr = scanned > lineStart && buffer[position + scanned - 1] == '\r';
        boolean lineFeed = buffer[position + scanned] == '\n';
        if (afterCr != lineFeed) {
          throw new MalformedHttpException("A line of the " + what + " is not ended by CRLF");
        }
        scanned++;
        if (lineFeed && scanned - lineStart == 2) {
          return scanned;
        }
        lineStart = lineFeed ? scanned : lineStart;
      }
      if (scanned >= MAX_HEAD_BYTES) {
        throw new MalformedHttpException("More than 64 KiB of " + what);
      }
      if (!fill()) {
        throw new EOFException("The connection was closed within the " + what);
      }
    }
  }

  private int chunkLineLength() throws IOException {
    int scanned = 0;
    while (true) {
      for (; scanned < limit - position; scanned++) {
        boolean afterCr = scanned > 0 && buffer[position + scanned - 1] == '\r';
        boolean lineFeed = buffer[position + scanned] == '\n';
        if (afterCr != lineFeed) {
          throw new MalformedHttpException("A chunk size line is not ended by CRLF");
        }
        if (lineFeed) {
          return scanned - 1;
        }
      }
      if (scanned > MAX_CHUNK_LINE_BYTES) {
        throw new MalformedHttpException("A chunk size line of more than 1 KiB");
      }
      fillBody();
    }
  }

  private boolean isChunkExtension(int start, int end) {
    if (start == end) {
      return true;
    }
    int i = start;
    while (i < end && (buffer[i] == ' ' || buffer[i] == '\t')) {
      i++;
    }
    return i < end
        && buffer[i] == ';'
        && Syntax.isText(new String(buffer, i, end - i, StandardCharsets.ISO_8859_1));
  }

  private static int hexDigit(byte b) {
    if (b >= '0' && b <= '9') {
      return b - '0';
    }
    int lower = b | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
  }

  private void fillBody() throws IOException {
    if (!fill()) {
      throw new TruncatedBodyException("The connection was closed between two chunks");
    }
  }

  /** One read of the connection into the free end of the buffer. */
  private boolean fill() throws IOException {
    if (position == limit) {
      position = 0;
      limit = 0;
    } else if (limit == buffer.length && position > 0) {
      System.arraycopy(buffer, position, buffer, 0, limit - position);
      limit -= position;
      position = 0;
    } else if (limit == buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    int count = in.read(buffer, limit, buffer.length - limit);
    if (count < 0) {
      return false;
    }
    limit += count;
    return true;
  }
}
