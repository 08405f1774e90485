package io.openmonetize.infra;

import java.nio.file.Path;
import software.amazon.awscdk.App;

/** What {@code cdk synth} and {@code cdk deploy} start, with {@code infra-cdk/} as the folder. */
public final class InfraApp {
  private InfraApp() {}

  public static void main(String[] args) {
    App app = new App();
    Deployment.of(app, Stage.of(app.getNode()), Artefacts.builtIn(Path.of("..")));
    app.synth();
  }
}
