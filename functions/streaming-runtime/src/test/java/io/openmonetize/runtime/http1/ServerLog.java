package io.openmonetize.runtime.http1;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What servers log as errors meanwhile. */
final class ServerLog extends Handler implements AutoCloseable {
  private static final Logger LOGGER = Logger.getLogger(ServerConnection.class.getName());

  private final List<String> messages = new CopyOnWriteArrayList<>();

  ServerLog() {
    LOGGER.addHandler(this);
  }

  List<String> messages() {
    return List.copyOf(messages);
  }

  @Override
  public void publish(LogRecord line) {
    if (line.getLevel().intValue() >= Level.SEVERE.intValue()) {
      messages.add(line.getMessage());
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    LOGGER.removeHandler(this);
  }
}
