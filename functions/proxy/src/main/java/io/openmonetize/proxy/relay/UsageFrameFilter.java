package io.openmonetize.proxy.relay;

/**
 * Takes out of an event stream the one frame that is there only because the proxy asked for it: a
 * chat chunk with no choices and a usage object. Callers that index {@code choices[0]} would fail
 * on it.
 *
 * <p>A frame is kept back until its end is there, and no longer; one too large to be that frame is
 * let go at once. Line ends may be LF, CRLF or CR, as the event stream format has it.
 *
 * <p>What passes and what is kept stand one behind the other in one array that is used again.
 */
final class UsageFrameFilter {
  private static final int FRAME_BYTES_AT_MOST = 64 * 1024;

  /** First what passes, then what is kept of a frame that has not ended. */
  private byte[] bytes = new byte[4 * 1024];

  private int passedEnd;
  private int keptEnd;
  private boolean lineEmpty = true;
  private boolean afterCr;
  private boolean tooLarge;
  private boolean found;

  /** Whether the last byte ended a frame, and whether that frame was withheld. */
  private boolean frameEnded;

  private boolean withheld;

  /** Takes the next bytes of the stream; then {@link #passed} is what goes to the caller now. */
  void pass(byte[] buffer, int length) {
    dropPassed(length);
    for (int i = 0; i < length; i++) {
      accept(buffer[i]);
    }
  }

  /**
   * The stream has ended, well or not: what of a frame without its blank line is to go to the
   * caller passes.
   */
  void end() {
    dropPassed(0);
    if (found || !UsageFrame.is(bytes, passedEnd, keptEnd)) {
      passedEnd = keptEnd;
    }
    keptEnd = passedEnd;
  }

  /** Holds what passes at its begin, until the next call of another method. */
  byte[] passed() {
    return bytes;
  }

  int passedLength() {
    return passedEnd;
  }

  private void dropPassed(int more) {
    int kept = keptEnd - passedEnd;
    if (kept + more > bytes.length) {
      byte[] larger = new byte[Math.max(kept + more, 2 * bytes.length)];
      System.arraycopy(bytes, passedEnd, larger, 0, kept);
      bytes = larger;
    } else {
      System.arraycopy(bytes, passedEnd, bytes, 0, kept);
    }
    passedEnd = 0;
    keptEnd = kept;
  }

  private void accept(byte b) {
    if (afterCr && b == '\n') {
      // The second half of a line end: it goes where the first half went.
      afterCr = false;
      if (!frameEnded) {
        put(b);
      } else if (!withheld) {
        putPassed(b);
      }
      return;
    }
    afterCr = b == '\r';
    frameEnded = false;
    put(b);
    boolean lineEnds = b == '\n' || b == '\r';
    if (lineEnds && lineEmpty) {
      endFrame();
    }
    lineEmpty = lineEnds;
  }

  /** Nothing is kept where this is called: the frame has ended, or none is kept any more. */
  private void putPassed(byte b) {
    bytes[keptEnd++] = b;
    passedEnd = keptEnd;
  }

  private void put(byte b) {
    if (found || tooLarge) {
      putPassed(b);
      return;
    }
    bytes[keptEnd++] = b;
    if (keptEnd - passedEnd > FRAME_BYTES_AT_MOST) {
      tooLarge = true;
      passedEnd = keptEnd;
    }
  }

  private void endFrame() {
    frameEnded = true;
    tooLarge = false;
    withheld = !found && UsageFrame.is(bytes, passedEnd, keptEnd);
    if (withheld) {
      found = true;
      keptEnd = passedEnd;
    } else {
      passedEnd = keptEnd;
    }
  }
}
