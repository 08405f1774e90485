package io.openmonetize.deployment;

import java.io.IOException;
import java.net.InetSocketAddress;

/** The process in the image: LocalStack's port, and the line that says that it listens. */
public final class OnePortMain {
  private static final int LOCALSTACK_PORT = 4566;

  private OnePortMain() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    try (OnePort port = OnePort.start(new InetSocketAddress(LOCALSTACK_PORT))) {
      System.out.println(port.endpoint() + " Ready.");
      Thread.currentThread().join();
    }
  }
}
