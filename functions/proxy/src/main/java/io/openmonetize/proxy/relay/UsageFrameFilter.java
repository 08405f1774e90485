package io.openmonetize.proxy.relay;

import java.io.ByteArrayOutputStream;

/**
 * Takes out of an event stream the one frame that is there only because the proxy asked for it: a
 * chat chunk with no choices and a usage object. Callers that index {@code choices[0]} would fail
 * on it.
 *
 * <p>A frame is kept back until its end is there, and no longer; one too large to be that frame is
 * let go at once. Line ends may be LF, CRLF or CR, as the event stream format has it.
 */
final class UsageFrameFilter {
  private static final int FRAME_BYTES_AT_MOST = 64 * 1024;

  private final ByteArrayOutputStream frame = new ByteArrayOutputStream();
  private boolean lineEmpty = true;
  private boolean afterCr;
  private boolean tooLarge;
  private boolean found;

  /** Whether the last byte ended a frame, and whether that frame was withheld. */
  private boolean frameEnded;

  private boolean withheld;

  /** What of these bytes, and of those kept back before, is to go to the caller now. */
  byte[] pass(byte[] buffer, int length) {
    ByteArrayOutputStream passed = new ByteArrayOutputStream(length + frame.size());
    for (int i = 0; i < length; i++) {
      accept(buffer[i], passed);
    }
    return passed.toByteArray();
  }

  /**
   * The stream has ended, well or not: what of a frame without its blank line is to go to the
   * caller.
   */
  byte[] end() {
    byte[] rest = frame.toByteArray();
    frame.reset();
    return !found && UsageFrame.is(rest) ? new byte[0] : rest;
  }

  private void accept(byte b, ByteArrayOutputStream passed) {
    if (afterCr && b == '\n') {
      // The second half of a line end: it goes where the first half went.
      afterCr = false;
      if (!frameEnded) {
        put(b, passed);
      } else if (!withheld) {
        passed.write(b);
      }
      return;
    }
    afterCr = b == '\r';
    frameEnded = false;
    put(b, passed);
    boolean lineEnds = b == '\n' || b == '\r';
    if (lineEnds && lineEmpty) {
      endFrame(passed);
    }
    lineEmpty = lineEnds;
  }

  private void put(byte b, ByteArrayOutputStream passed) {
    if (found || tooLarge) {
      passed.write(b);
      return;
    }
    frame.write(b);
    if (frame.size() > FRAME_BYTES_AT_MOST) {
      tooLarge = true;
      passed.writeBytes(frame.toByteArray());
      frame.reset();
    }
  }

  private void endFrame(ByteArrayOutputStream passed) {
    byte[] ended = frame.toByteArray();
    frame.reset();
    frameEnded = true;
    tooLarge = false;
    withheld = !found && UsageFrame.is(ended);
    if (withheld) {
      found = true;
    } else {
      passed.writeBytes(ended);
    }
  }
}
