package io.openmonetize.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A run of calls over HTTP: of the provider itself, or of a proxy that listens somewhere. */
final class Callers extends ClosedLoop {
  /**
   * Whom they call.
   *
   * @param url without a path, or with one before the provider's
   * @param headers more of them, for each of the APIs
   * @param exact whether answers come byte by byte as the provider sent them
   */
  record Target(URI url, Function<Shape, Map<String, String>> headers, boolean exact) {}

  private static final byte[] REQUEST_ID = "x-om-request-id".getBytes(StandardCharsets.US_ASCII);

  private final Loop loop;
  private final Target target;
  private final byte[] request;
  private final Deque<Caller> idle = new ArrayDeque<>();
  private final Deque<Caller> all = new ArrayDeque<>();

  Callers(Loop loop, Target target, Scenario scenario) {
    super(loop, scenario);
    this.loop = loop;
    this.target = target;
    this.request = request(target, scenario.script());
  }

  @Override
  void open() {
    var address = new InetSocketAddress(target.url().getHost(), target.url().getPort());
    try {
      for (int i = 0; i < scenario.concurrency(); i++) {
        Caller caller = new Caller(check());
        caller.wire = loop.connect(address, caller);
        all.add(caller);
        idle.add(caller);
      }
    } catch (IOException e) {
      throw new IllegalStateException("nobody listens at " + target.url(), e);
    }
  }

  @Override
  void shut() {
    all.forEach(Caller::close);
  }

  @Override
  void fill() {
    while (!idle.isEmpty() && mayBegin()) {
      idle.remove().begin();
    }
  }

  private AnswerCheck check() {
    return target.exact()
        ? new ExactAnswer(scenario.script(), samples.chunk)
        : new MarkedAnswer(scenario.script(), samples.chunk);
  }

  private static byte[] request(Target target, Script script) {
    StringBuilder text = new StringBuilder(2048);
    text.append("POST ").append(target.url().getPath()).append(script.shape().path());
    text.append(" HTTP/1.1\r\nHost: ").append(target.url().getAuthority());
    text.append("\r\nContent-Type: application/json\r\nAuthorization: Bearer none\r\n");
    text.append("Accept: */*\r\nUser-Agent: bench/1\r\n");
    target
        .headers()
        .apply(script.shape())
        .forEach((name, value) -> text.append(name + ": " + value + "\r\n"));
    text.append("Content-Length: ").append(script.request().length()).append("\r\n\r\n");
    return text.append(script.request()).toString().getBytes(StandardCharsets.US_ASCII);
  }

  private final class Caller implements Side {
    private final Call call;
    private @Nullable Wire wire;
    private boolean busy;

    Caller(AnswerCheck check) {
      this.call = new Call(samples, check);
    }

    void begin() {
      busy = true;
      call.begin(System.nanoTime());
      if (wire != null) {
        wire.send(request);
      }
    }

    void close() {
      if (wire != null) {
        wire.close();
      }
    }

    @Override
    public void head(Head head, long now) {
      if (head.status() != 200) {
        throw new IllegalStateException(target.url() + " answered " + head.firstLine());
      }
      int id = head.find(REQUEST_ID);
      if (id >= 0) {
        samples.ids.add(EventLog.fold(head.array(), id));
      }
    }

    @Override
    public void body(byte[] bytes, int from, int to, long now) {
      call.body(bytes, from, to, now);
    }

    @Override
    public void end(boolean trailers, long now) {
      call.end(now);
      busy = false;
      idle.add(this);
      over(now);
    }

    @Override
    public void closed() {
      if (busy) {
        throw new IllegalStateException(target.url() + " hung up in the midst of an answer");
      }
    }
  }
}
