package io.openmonetize.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** The version of the artefact, from what Maven puts into it. */
final class Version {
  private static final String RESOURCE = "/META-INF/maven/io.openmonetize/proxy/pom.properties";

  private Version() {}

  /** {@code development} where the classes do not come from a jar. */
  static String read() {
    try (InputStream in = Version.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        return "development";
      }
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version", "development");
    } catch (IOException e) {
      return "development";
    }
  }
}
