package io.openmonetize.deployment;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import java.net.URI;
import java.util.Optional;
import org.opentest4j.TestAbortedException;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/** LocalStack in a container, or another image in its stead. */
final class LocalStack implements AutoCloseable {
  /** The last that starts without a token: those of March 2026 and later end with code 55. */
  private static final String LAST_WITHOUT_TOKEN = "localstack/localstack:4.14.0";

  private static final String TOKEN = "LOCALSTACK_AUTH_TOKEN";

  private final LocalStackContainer container;

  private LocalStack(LocalStackContainer container) {
    this.container = container;
  }

  /**
   * @throws TestAbortedException without a Docker engine, and without the image: one that is not
   *     there is not fetched, since a build must not wait for a registry
   */
  static LocalStack start() {
    String image = variable("OM_LOCALSTACK_IMAGE").orElse(LAST_WITHOUT_TOKEN);
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      throw new TestAbortedException("OM_AWS_ENDPOINT is not set, and no Docker engine answers");
    }
    if (!isThere(image)) {
      throw new TestAbortedException("the Docker engine lacks " + image + ": docker pull it");
    }
    LocalStackContainer container =
        new LocalStackContainer(
            DockerImageName.parse(image).asCompatibleSubstituteFor("localstack/localstack"));
    variable(TOKEN).ifPresent(token -> container.withEnv(TOKEN, token));
    container.start();
    return new LocalStack(container);
  }

  URI endpoint() {
    return container.getEndpoint();
  }

  @Override
  public void close() {
    container.stop();
  }

  private static boolean isThere(String image) {
    DockerClient docker = DockerClientFactory.lazyClient();
    try {
      docker.inspectImageCmd(image).exec();
      return true;
    } catch (NotFoundException e) {
      return false;
    }
  }

  private static Optional<String> variable(String name) {
    return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isEmpty());
  }
}
