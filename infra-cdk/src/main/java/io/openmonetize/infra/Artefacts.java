package io.openmonetize.infra;

import java.nio.file.Path;

/** The functions' deployment packages. */
public record Artefacts(Artefact proxy, Artefact ingestApi, Artefact ingestWorker, Artefact query) {

  /**
   * What {@code mvn package} leaves in a checkout.
   *
   * @throws IllegalStateException when a package is missing or cannot run on Lambda
   */
  public static Artefacts builtIn(Path checkout) {
    return new Artefacts(
        built(checkout, "proxy"),
        built(checkout, "ingest-api"),
        built(checkout, "ingest-worker"),
        built(checkout, "query"));
  }

  private static Artefact built(Path checkout, String function) {
    return Artefact.of(
        checkout
            .resolve("functions")
            .resolve(function)
            .resolve("target")
            .resolve(function + ".zip"));
  }
}
