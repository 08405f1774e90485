package io.openmonetize.bench;

import io.openmonetize.usage.AnswerEnd;
import io.openmonetize.usage.UsageReader;
import io.openmonetize.usage.UsageReaders;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The least that any proxy does for a stream: a read from one socket and a write to another for
 * each frame, over the loopback. The next frame is sent when the last has arrived, as tokens come
 * one by one; only the processor time of the relaying thread counts, so the waiting does not.
 */
final class Relay {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int BUFFER_BYTES = 16 * 1024;

  private final Shape shape;
  private final List<byte[]> frames;

  Relay(Shape shape) {
    this.shape = shape;
    this.frames = shape.frames();
  }

  int bytes() {
    return frames.stream().mapToInt(frame -> frame.length).sum();
  }

  /**
   * @return processor time of the relaying thread for one stream, in nanoseconds
   */
  long nanos(boolean read) throws IOException, InterruptedException {
    try (ServerSocket listener = new ServerSocket(0, 2, InetAddress.getLoopbackAddress());
        Socket provider = connect(listener);
        Socket fromProvider = listener.accept();
        Socket toCaller = connect(listener);
        Socket caller = listener.accept();
        ExecutorService threads = Executors.newFixedThreadPool(2)) {
      for (Socket socket : List.of(provider, fromProvider, toCaller, caller)) {
        socket.setTcpNoDelay(true);
      }
      Callable<Long> relaying = () -> relay(fromProvider, toCaller, read);
      Future<Long> relayed = threads.submit(relaying);
      drive(provider.getOutputStream(), caller.getInputStream());
      provider.shutdownOutput();
      return relayed.get();
    } catch (ExecutionException e) {
      throw new IOException(e);
    }
  }

  private void drive(OutputStream provider, InputStream caller) throws IOException {
    for (byte[] frame : frames) {
      provider.write(frame);
      caller.skipNBytes(frame.length);
    }
  }

  private long relay(Socket from, Socket to, boolean read) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    InputStream in = from.getInputStream();
    OutputStream out = to.getOutputStream();
    @Nullable UsageReader reader = read ? UsageReaders.of(shape.request(), shape.response()) : null;
    long began = THREADS.getCurrentThreadCpuTime();
    int length = in.read(buffer);
    while (length >= 0) {
      out.write(buffer, 0, length);
      if (reader != null) {
        reader.read(buffer, 0, length);
      }
      length = in.read(buffer);
    }
    if (reader != null) {
      reader.finish(AnswerEnd.WHOLE);
    }
    return THREADS.getCurrentThreadCpuTime() - began;
  }

  private static Socket connect(ServerSocket listener) throws IOException {
    return new Socket(listener.getInetAddress(), listener.getLocalPort());
  }
}
