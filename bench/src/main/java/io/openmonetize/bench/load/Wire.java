package io.openmonetize.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** One connection of the loop. */
final class Wire {
  private final SocketChannel channel;
  private final SelectionKey key;
  private final Side side;
  private final HttpInput input;
  private @Nullable ByteBuffer unsent;

  Wire(SocketChannel channel, SelectionKey key, Side side) {
    this.channel = channel;
    this.key = key;
    this.side = side;
    this.input = new HttpInput(side);
  }

  /** Sends at once what the socket takes, and the rest as soon as it takes more. */
  void send(byte[] bytes, int length) {
    try {
      ByteBuffer rest = ByteBuffer.wrap(bytes, 0, length);
      if (unsent == null) {
        channel.write(rest);
      }
      if (rest.hasRemaining()) {
        keep(rest);
      }
    } catch (IOException e) {
      broken();
    }
  }

  void send(byte[] bytes) {
    send(bytes, bytes.length);
  }

  /** Ends the connection without telling the side of it. */
  void close() {
    key.cancel();
    try {
      channel.close();
    } catch (IOException e) {
      throw new IllegalStateException("a socket that cannot be closed", e);
    }
  }

  /**
   * @param buffer for what is read, with an array of its own
   */
  void ready(ByteBuffer buffer) {
    try {
      if (key.isWritable()) {
        sendUnsent();
      }
      if (!key.isReadable()) {
        return;
      }
      buffer.clear();
      int count = channel.read(buffer);
      if (count < 0) {
        broken();
      } else {
        input.feed(buffer.array(), 0, count, System.nanoTime());
      }
    } catch (IOException e) {
      broken();
    }
  }

  private void broken() {
    close();
    side.closed();
  }

  private void keep(ByteBuffer rest) {
    ByteBuffer before = unsent == null ? ByteBuffer.allocate(0) : unsent;
    unsent =
        ByteBuffer.allocate(before.remaining() + rest.remaining()).put(before).put(rest).flip();
    key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
  }

  private void sendUnsent() throws IOException {
    if (unsent != null) {
      channel.write(unsent);
      if (!unsent.hasRemaining()) {
        unsent = null;
        key.interestOps(SelectionKey.OP_READ);
      }
    }
  }
}
