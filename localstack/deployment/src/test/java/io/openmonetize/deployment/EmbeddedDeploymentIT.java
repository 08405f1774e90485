package io.openmonetize.deployment;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The suite on the embedded parts: no container, no network. */
class EmbeddedDeploymentIT extends DeploymentSuite {
  private @Nullable OnePort port;

  @Override
  AwsServer server() throws IOException {
    port = OnePort.start();
    return new AwsServer(port.endpoint());
  }

  @Override
  String kind() {
    return "embedded";
  }

  @Override
  void stopServer() {
    if (port != null) {
      port.close();
    }
  }
}
