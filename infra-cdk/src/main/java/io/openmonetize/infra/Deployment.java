package io.openmonetize.infra;

import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import java.util.Optional;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Aspects;

/**
 * The whole system of one stage, checked against cdk-nag's AWS Solutions rules.
 *
 * @param edge where the proxy is behind CloudFront
 */
public record Deployment(StorageStack storage, ServiceStack services, Optional<EdgeStack> edge) {
  /**
   * Reads all options from the app's context.
   *
   * @throws IllegalArgumentException when one is unknown or has a value that it cannot have
   */
  public static Deployment of(App app, Stage stage, Artefacts artefacts) {
    Context.refuseUnknown(app.getNode());
    String name = "openmonetize-" + stage.configName();
    StorageStack storage = new StorageStack(app, name + "-storage", stage);
    ServiceStack services = new ServiceStack(app, name + "-services", stage, artefacts, storage);
    Optional<EdgeStack> edge =
        ProxyDistribution.wanted(app)
            ? Optional.of(new EdgeStack(app, name + "-edge", stage))
            : Optional.empty();
    // A finding is an error of the synthesis, so nothing is deployed past it.
    Aspects.of(app).add(new AwsSolutionsChecks());
    return new Deployment(storage, services, edge);
  }
}
