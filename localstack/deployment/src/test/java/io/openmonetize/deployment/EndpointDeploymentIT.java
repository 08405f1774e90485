package io.openmonetize.deployment;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/**
 * The suite on {@code OM_AWS_ENDPOINT}, or else on LocalStack by Testcontainers; skipped where
 * there is neither.
 */
class EndpointDeploymentIT extends DeploymentSuite {
  private @Nullable LocalStack localStack;

  @Override
  AwsServer server() {
    String endpoint = System.getenv("OM_AWS_ENDPOINT");
    if (endpoint != null && !endpoint.isEmpty()) {
      return new AwsServer(URI.create(endpoint));
    }
    try {
      localStack = LocalStack.start();
      return new AwsServer(localStack.endpoint());
    } catch (TestAbortedException e) {
      System.out.println("EndpointDeploymentIT is skipped: " + e.getMessage());
      throw e;
    }
  }

  @Override
  String kind() {
    return "endpoint";
  }

  @Override
  void stopServer() {
    if (localStack != null) {
      localStack.close();
    }
  }
}
