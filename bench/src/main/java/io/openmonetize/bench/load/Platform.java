package io.openmonetize.bench.load;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Stands for Lambda: the Runtime API of one function's process, which gives its workers the
 * invocations of one run after the other and sees each answer arrive.
 */
final class Platform {
  /** Who makes the invocations. */
  interface Invoker {
    /** A worker waits. */
    void ready();

    /** The call that these bits of an invocation's id name. */
    Call call(int slot);

    /** The platform has the prelude of a call's answer. */
    void prelude(Bytes prelude);

    /** The answer is whole. */
    void answered(int slot, long now);

    /** The worker asks for more, so all that belongs to its last call is done. */
    void settled(int slot, long now);
  }

  static final int SLOTS = 1024;
  static final int ID_DIGITS = 15;

  private static final byte[] NEXT = ascii("GET /2018-06-01/runtime/invocation/next ");
  private static final byte[] RESPONSE = ascii("POST /2018-06-01/runtime/invocation/");
  private static final byte[] RESPONSE_END = ascii("/response ");
  private static final byte[] ACCEPTED =
      ascii("HTTP/1.1 202 Accepted\r\nContent-Type: application/json\r\nContent-Length: 0\r\n\r\n");
  private static final int PRELUDE_END = 8;

  private final int port;
  private final Deque<Worker> waiting = new ArrayDeque<>();
  private @Nullable Invoker invoker;

  private Platform(Loop loop) {
    this.port = loop.listen(Worker::new);
  }

  static Platform start(Loop loop) {
    return new Platform(loop);
  }

  int port() {
    return port;
  }

  /** How many workers wait for an invocation. */
  int waiting() {
    return waiting.size();
  }

  void serve(@Nullable Invoker next) {
    invoker = next;
  }

  /**
   * Gives an invocation to a worker that waits.
   *
   * @param answer of the question for the next one, whole
   * @return the time just before; or 0 when no worker waits
   */
  long invoke(int slot, byte[] answer) {
    Worker worker = waiting.poll();
    if (worker == null) {
      return 0;
    }
    worker.slot = slot;
    long now = System.nanoTime();
    worker.wire.get().send(answer);
    return now;
  }

  private Invoker invoker() {
    if (invoker == null) {
      throw new IllegalStateException("the proxy answered a call that nobody made");
    }
    return invoker;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** A connection of the process: one that asks for invocations, or one with an answer. */
  private final class Worker implements Side {
    private final Loop.WireOf wire;
    private final Bytes prelude = new Bytes();

    /** Of the invocation that it was given; -1 when there is none. */
    private int slot = -1;

    /** Of the invocation whose answer is coming; -1 when none is. */
    private int answering = -1;

    private int zeros;

    Worker(Loop.WireOf wire) {
      this.wire = wire;
    }

    @Override
    public void head(Head head, long now) {
      if (head.startsWith(NEXT)) {
        answering = -1;
      } else if (head.startsWith(RESPONSE)
          && head.isAt(RESPONSE.length + ID_DIGITS, RESPONSE_END)) {
        answering = (int) (head.number(RESPONSE.length) % SLOTS);
        zeros = 0;
        prelude.clear();
      } else {
        throw new IllegalStateException("the proxy told the platform " + head.firstLine());
      }
    }

    @Override
    public void body(byte[] bytes, int from, int to, long now) {
      int at = from;
      while (zeros < PRELUDE_END && at < to) {
        zeros = bytes[at] == 0 ? zeros + 1 : 0;
        prelude.add(bytes[at]);
        at++;
        if (zeros == PRELUDE_END) {
          invoker().prelude(prelude);
        }
      }
      if (at < to) {
        invoker().call(answering).body(bytes, at, to, now);
      }
    }

    @Override
    public void end(boolean trailers, long now) {
      if (answering >= 0) {
        if (trailers) {
          throw new IllegalStateException("the proxy broke an answer off");
        }
        int answered = answering;
        answering = -1;
        invoker().answered(answered, now);
        wire.get().send(ACCEPTED);
      } else {
        int settled = slot;
        slot = -1;
        waiting.add(this);
        if (settled >= 0) {
          invoker().settled(settled, now);
        } else if (invoker != null) {
          invoker.ready();
        }
      }
    }

    @Override
    public void closed() {
      waiting.remove(this);
      if (answering >= 0 || slot >= 0) {
        throw new IllegalStateException("the proxy hung up on the platform in the midst of a call");
      }
    }
  }
}
