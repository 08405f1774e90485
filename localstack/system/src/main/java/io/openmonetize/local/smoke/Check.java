package io.openmonetize.local.smoke;

import java.io.IOException;

/** One line of the table. */
record Check(String name, Body body) {
  interface Body {
    /**
     * @throws IOException when the deployment can't be reached or breaks off, which fails the check
     */
    Outcome run() throws IOException, InterruptedException;
  }

  Outcome outcome() throws InterruptedException {
    try {
      return body.run();
    } catch (IOException e) {
      return new Outcome.Failed(e.toString());
    }
  }
}
