package io.openmonetize.infra;

import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Aspects;

/** The whole system of one stage, checked against cdk-nag's AWS Solutions rules. */
public record Deployment(StorageStack storage, ServiceStack services) {
  public static Deployment of(App app, Stage stage, Artefacts artefacts) {
    String name = "openmonetize-" + stage.configName();
    StorageStack storage = new StorageStack(app, name + "-storage", stage);
    ServiceStack services = new ServiceStack(app, name + "-services", stage, artefacts, storage);
    // A finding is an error of the synthesis, so nothing is deployed past it.
    Aspects.of(app).add(new AwsSolutionsChecks());
    return new Deployment(storage, services);
  }
}
