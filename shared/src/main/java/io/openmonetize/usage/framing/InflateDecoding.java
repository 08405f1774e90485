package io.openmonetize.usage.framing;

import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Decodes gzip (RFC 1952, of one or many members) and what HTTP calls deflate, which servers send
 * with the zlib wrapper (RFC 1950) or without (RFC 1951). What the sender flushed is passed on at
 * once. A body that is not coded although its header says so passes as it is.
 */
final class InflateDecoding implements Decoding {
  private static final int FLAG_CRC = 2;
  private static final int FLAG_EXTRA = 4;
  private static final int FLAG_NAME = 8;
  private static final int FLAG_COMMENT = 16;
  private static final int HEADER_LENGTH = 10;
  private static final int TRAILER_LENGTH = 8;

  private enum State {
    /** At the first bytes, which tell what this is. */
    MAGIC,
    HEADER,
    EXTRA_LENGTH,
    EXTRA,
    NAME,
    COMMENT,
    HEADER_CRC,
    BODY,
    TRAILER,
    /** Behind a member: another, or padding. */
    AFTER,
    PLAIN,
    IGNORED
  }

  private final Framing framing;
  private final boolean gzip;
  private final byte[] decoded = new byte[8192];
  private final CRC32 crc = new CRC32();
  private final int[] field = new int[HEADER_LENGTH];
  private State state = State.MAGIC;
  private @Nullable Inflater inflater;
  private int fieldLength;
  private int flags;
  private int skip;
  private @Nullable String fault;

  private InflateDecoding(Framing framing, boolean gzip) {
    this.framing = framing;
    this.gzip = gzip;
  }

  static InflateDecoding gzip(Framing framing) {
    return new InflateDecoding(framing, true);
  }

  static InflateDecoding deflate(Framing framing) {
    return new InflateDecoding(framing, false);
  }

  @Override
  public void accept(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && state != State.IGNORED) {
      at =
          switch (state) {
            case BODY -> body(bytes, at, to);
            case PLAIN -> plain(bytes, at, to);
            case MAGIC -> magic(bytes, at);
            default -> header(bytes[at] & 0xFF, at);
          };
    }
  }

  @Override
  public @Nullable String end() {
    boolean whole =
        switch (state) {
          case PLAIN, AFTER, IGNORED -> true;
          case MAGIC -> fieldLength == 0;
          default -> false;
        };
    if (!whole && fault == null) {
      fault = "the compressed data broke off";
    }
    endInflater();
    return fault;
  }

  private int plain(byte[] bytes, int from, int to) {
    framing.accept(bytes, from, to);
    return to;
  }

  private int magic(byte[] bytes, int at) {
    field[fieldLength++] = bytes[at] & 0xFF;
    boolean first = fieldLength == 1;
    if (gzip) {
      if (field[0] != 0x1F || (!first && field[1] != 0x8B)) {
        passThrough();
      } else if (!first) {
        state = State.HEADER;
      }
      return at + 1;
    }
    if (first) {
      return at + 1;
    }
    boolean zlib = (field[0] & 0x0F) == 8 && (field[0] << 8 | field[1]) % 31 == 0;
    inflater = new Inflater(!zlib);
    state = State.BODY;
    body(new byte[] {(byte) field[0], (byte) field[1]}, 0, 2);
    return at + 1;
  }

  private void passThrough() {
    state = State.PLAIN;
    byte[] seen = new byte[fieldLength];
    for (int i = 0; i < fieldLength; i++) {
      seen[i] = (byte) field[i];
    }
    framing.accept(seen, 0, seen.length);
  }

  private int header(int b, int at) {
    switch (state) {
      case HEADER -> {
        field[fieldLength++] = b;
        if (fieldLength == HEADER_LENGTH) {
          flags = field[3];
          nextHeaderField(State.HEADER);
        }
      }
      case EXTRA_LENGTH -> {
        field[fieldLength++] = b;
        if (fieldLength == 2) {
          skip = field[0] | field[1] << 8;
          state = State.EXTRA;
          skipped(0, State.EXTRA);
        }
      }
      case EXTRA -> skipped(1, State.EXTRA);
      case NAME, COMMENT -> {
        if (b == 0) {
          nextHeaderField(state);
        }
      }
      case HEADER_CRC -> skipped(1, State.HEADER_CRC);
      case TRAILER -> trailer(b);
      case AFTER -> afterMember(b);
      default -> throw new IllegalStateException(state.name());
    }
    return at + 1;
  }

  private void skipped(int count, State of) {
    skip -= count;
    if (skip == 0) {
      nextHeaderField(of);
    }
  }

  private void nextHeaderField(State done) {
    fieldLength = 0;
    if (done.compareTo(State.EXTRA) < 0 && (flags & FLAG_EXTRA) != 0) {
      state = State.EXTRA_LENGTH;
    } else if (done.compareTo(State.NAME) < 0 && (flags & FLAG_NAME) != 0) {
      state = State.NAME;
    } else if (done.compareTo(State.COMMENT) < 0 && (flags & FLAG_COMMENT) != 0) {
      state = State.COMMENT;
    } else if (done.compareTo(State.HEADER_CRC) < 0 && (flags & FLAG_CRC) != 0) {
      skip = 2;
      state = State.HEADER_CRC;
    } else {
      if (inflater == null) {
        inflater = new Inflater(true);
      } else {
        inflater.reset();
      }
      crc.reset();
      state = State.BODY;
    }
  }

  private int body(byte[] bytes, int from, int to) {
    Inflater current = inflater;
    if (current == null) {
      throw new IllegalStateException("no member is open");
    }
    current.setInput(bytes, from, to - from);
    while (true) {
      long before = current.getBytesWritten();
      boolean damaged = !inflate(current);
      int count = (int) (current.getBytesWritten() - before);
      if (gzip) {
        crc.update(decoded, 0, count);
      }
      framing.accept(decoded, 0, count);
      if (damaged || current.needsDictionary()) {
        broken();
        return to;
      }
      if (current.finished()) {
        fieldLength = 0;
        state = gzip ? State.TRAILER : State.IGNORED;
        return to - current.getRemaining();
      }
      if (count == 0) {
        return to;
      }
    }
  }

  /** False at damage; what was decoded in front of it stands in the buffer all the same. */
  private boolean inflate(Inflater current) {
    try {
      current.inflate(decoded);
      return true;
    } catch (DataFormatException damage) {
      return false;
    }
  }

  private void trailer(int b) {
    field[fieldLength++] = b;
    if (fieldLength < TRAILER_LENGTH) {
      return;
    }
    long expected = field[0] | (long) field[1] << 8 | (long) field[2] << 16 | (long) field[3] << 24;
    if (expected == crc.getValue()) {
      fieldLength = 0;
      state = State.AFTER;
    } else {
      broken();
    }
  }

  private void afterMember(int b) {
    if (fieldLength == 0 && b != 0x1F) {
      // RFC 1952 allows nothing here, tools pad with zeros, and none of it belongs to the body.
      state = State.IGNORED;
      return;
    }
    field[fieldLength++] = b;
    if (fieldLength == 2) {
      state = b == 0x8B ? State.HEADER : State.IGNORED;
    }
  }

  private void broken() {
    fault = "the compressed data is broken";
    state = State.IGNORED;
    endInflater();
  }

  private void endInflater() {
    if (inflater != null) {
      inflater.end();
      inflater = null;
    }
  }
}
