package io.openmonetize.bench.load;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that all stand-ins and clients share: it moves the bytes of every connection and
 * does what is due. What one of them sees and what another did are so times of one clock.
 */
final class Loop implements AutoCloseable {
  /** Something that is to be done at a time. */
  interface Timed {
    /** {@link System#nanoTime()} from which on it may be done; unchanged while it waits. */
    long due();

    void run(long now);
  }

  private static final int BACKLOG = 1024;
  private static final int BUFFER_BYTES = 256 * 1024;
  private static final long NANOS_A_MILLI = 1_000_000;

  private final Selector selector;
  private final Thread thread;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
  private final Queue<Runnable> asked = new ConcurrentLinkedQueue<>();
  private final PriorityQueue<Timed> waiting =
      new PriorityQueue<>((a, b) -> Long.compare(a.due() - b.due(), 0));
  private Consumer<RuntimeException> onFault = fault -> {};
  private volatile @Nullable RuntimeException fault;
  private volatile boolean closed;

  private Loop(Selector selector) {
    this.selector = selector;
    this.thread = Thread.ofPlatform().name("stand-ins").daemon().unstarted(this::run);
  }

  static Loop start() throws IOException {
    Loop loop = new Loop(Selector.open());
    loop.thread.start();
    return loop;
  }

  /** Processor time of this loop's thread. */
  long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.threadId());
  }

  long threadId() {
    return thread.threadId();
  }

  /** Runs it on the loop's thread and waits for what it returns. */
  <T> T call(Callable<T> action) {
    CompletableFuture<T> result = new CompletableFuture<>();
    asked.add(
        () -> {
          try {
            result.complete(action.call());
          } catch (Exception e) {
            result.completeExceptionally(e);
          }
        });
    selector.wakeup();
    return result.join();
  }

  /**
   * Who is told, on the loop's thread, what a side threw. A fault that came before is told at once:
   * what was measured around it is worth nothing.
   */
  void onFault(Consumer<RuntimeException> listener) {
    onFault = listener;
    if (fault != null) {
      listener.accept(fault);
    }
  }

  /**
   * @param accept makes the side that speaks to whoever connects; called with a supplier of the
   *     connection, which is there as soon as the first bytes are
   * @return the port, any free one of the loopback
   */
  int listen(Function<WireOf, Side> accept) {
    return call(
        () -> {
          ServerSocketChannel listener = ServerSocketChannel.open();
          listener.configureBlocking(false);
          listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
          listener.register(selector, SelectionKey.OP_ACCEPT, accept);
          return ((InetSocketAddress) listener.getLocalAddress()).getPort();
        });
  }

  /** On the loop's thread only. */
  Wire connect(InetSocketAddress address, Side side) throws IOException {
    return register(SocketChannel.open(address), _ -> side);
  }

  /** On the loop's thread only. */
  void at(Timed task) {
    waiting.add(task);
  }

  @Override
  public void close() {
    closed = true;
    selector.wakeup();
  }

  /** A side's own connection, which exists a moment later than the side. */
  static final class WireOf {
    private @Nullable Wire wire;

    Wire get() {
      if (wire == null) {
        throw new IllegalStateException("not connected yet");
      }
      return wire;
    }
  }

  private Wire register(SocketChannel channel, Function<WireOf, Side> accept) throws IOException {
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
    WireOf holder = new WireOf();
    Wire wire = new Wire(channel, key, accept.apply(holder));
    holder.wire = wire;
    key.attach(wire);
    return wire;
  }

  private void run() {
    try (selector) {
      while (!closed) {
        for (Runnable next = asked.poll(); next != null; next = asked.poll()) {
          next.run();
        }
        selector.select(this::ready, untilNextDue());
      }
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
    } catch (IOException e) {
      told(new IllegalStateException("the loop's selector failed", e));
    }
  }

  /** In milliseconds, rounded up; 0 is for ever. What is due by now is done. */
  private long untilNextDue() {
    while (true) {
      Timed next = waiting.peek();
      if (next == null) {
        return 0;
      }
      long now = System.nanoTime();
      long left = next.due() - now;
      if (left > 0) {
        return (left + NANOS_A_MILLI - 1) / NANOS_A_MILLI;
      }
      waiting.poll();
      try {
        next.run(now);
      } catch (RuntimeException e) {
        told(e);
      }
    }
  }

  private void ready(SelectionKey key) {
    try {
      switch (key.attachment()) {
        case Wire wire -> wire.ready(buffer);
        case Object listener -> accept((ServerSocketChannel) key.channel(), listener);
      }
    } catch (RuntimeException e) {
      told(e);
    } catch (IOException e) {
      told(new IllegalStateException("a connection could not be taken", e));
    }
  }

  @SuppressWarnings("unchecked")
  private void accept(ServerSocketChannel listener, Object accept) throws IOException {
    for (SocketChannel next = listener.accept(); next != null; next = listener.accept()) {
      register(next, (Function<WireOf, Side>) accept);
    }
  }

  private void told(RuntimeException e) {
    fault = e;
    onFault.accept(e);
  }
}
