package io.openmonetize.infra;

import java.nio.file.Path;
import software.amazon.awscdk.App;

/** What {@code cdk synth} and {@code cdk deploy} start, with {@code infra-cdk/} as the folder. */
public final class InfraApp {
  private InfraApp() {}

  public static void main(String[] args) {
    App app = new App();
    try {
      Deployment.of(app, Stage.of(app.getNode()), Artefacts.builtIn(Path.of("..")));
    } catch (IllegalArgumentException | IllegalStateException e) {
      // An option or a package is wrong: what it says is all that there is to say.
      System.err.println(e.getMessage());
      System.exit(1);
    }
    app.synth();
  }
}
