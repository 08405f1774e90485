package io.openmonetize.bench.load;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Stands for the providers. The model's name says how a request is answered: custom headers do not
 * survive every proxy.
 */
final class Provider {
  private static final byte[] MODEL = "\"model\":\"".getBytes(StandardCharsets.US_ASCII);

  /** What a side compares with what it was asked. */
  private record Offer(byte[] requestLine, byte[] modelAndQuote, Script script) {}

  private final Loop loop;
  private final List<Offer> offers;
  private final int port;
  private long answered;

  private Provider(Loop loop, List<Script> scripts) {
    this.loop = loop;
    this.offers =
        scripts.stream()
            .map(
                s -> new Offer(ascii("POST " + s.shape().path() + " "), ascii(s.model() + "\""), s))
            .toList();
    this.port = loop.listen(Answering::new);
  }

  static Provider start(Loop loop, List<Script> scripts) {
    return new Provider(loop, scripts);
  }

  int port() {
    return port;
  }

  /** How many requests it has answered, on the loop's thread. */
  long answered() {
    return answered;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** One connection, which asks again only after its answer. */
  private final class Answering implements Side, Loop.Timed {
    private final Loop.WireOf wire;
    private final Bytes request = new Bytes();
    private Script script = offers.getFirst().script();
    private int next;
    private long due;
    private boolean busy;
    private boolean gone;

    Answering(Loop.WireOf wire) {
      this.wire = wire;
    }

    @Override
    public void head(Head head, long now) {
      if (busy) {
        throw new IllegalStateException("the provider was asked again before its answer");
      }
      request.clear();
      for (Offer offer : offers) {
        if (head.startsWith(offer.requestLine())) {
          script = offer.script();
          return;
        }
      }
      throw new IllegalStateException("the provider was asked for " + head.firstLine());
    }

    @Override
    public void body(byte[] bytes, int from, int to, long now) {
      request.add(bytes, from, to);
    }

    @Override
    public void end(boolean trailers, long now) {
      script = asked();
      busy = true;
      next = 0;
      due = now + script.before().toNanos();
      if (script.before().isZero()) {
        run(now);
      } else {
        loop.at(this);
      }
    }

    private Script asked() {
      int model = request.after(MODEL);
      for (Offer offer : offers) {
        if (model >= 0
            && request.isAt(model, offer.modelAndQuote())
            && script.shape() == offer.script().shape()) {
          return offer.script();
        }
      }
      throw new IllegalStateException("the provider was asked for an unknown model");
    }

    @Override
    public long due() {
      return due;
    }

    /** Writes what is due, and waits for the next. */
    @Override
    public void run(long now) {
      List<Script.Write> writes = script.writes();
      long between = script.between().toNanos();
      do {
        if (gone) {
          return;
        }
        write(writes.get(next++));
        due += between;
      } while (between == 0 && next < writes.size());
      if (next < writes.size()) {
        loop.at(this);
      } else {
        busy = false;
        answered++;
      }
    }

    private void write(Script.Write write) {
      if (write.times().length > 0) {
        long written = System.nanoTime();
        for (int place : write.times()) {
          Digits.write(write.bytes(), place, Script.TIME_DIGITS, written);
        }
      }
      wire.get().send(write.bytes());
    }

    @Override
    public void closed() {
      gone = true;
      if (busy) {
        throw new IllegalStateException("the provider was hung up on in the midst of an answer");
      }
    }
  }
}
