package io.openmonetize.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The file of trusted authorities, in PEM: {@code OM_CA_BUNDLE}, else the system property {@code
 * openmonetize.ca.bundle}, else where operating systems keep theirs.
 */
final class CaBundle {
  private static final String VARIABLE = "OM_CA_BUNDLE";
  private static final String PROPERTY = "openmonetize.ca.bundle";

  /** Amazon Linux and Red Hat, Debian and Alpine, SUSE, FreeBSD and macOS. */
  private static final List<Path> USUAL =
      List.of(
          Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
          Path.of("/etc/ssl/certs/ca-certificates.crt"),
          Path.of("/etc/ssl/ca-bundle.pem"),
          Path.of("/etc/ssl/cert.pem"));

  private CaBundle() {}

  /**
   * @throws ConfigurationException when the file that was named cannot be read, or there is none
   */
  static Path find(Environment environment) {
    return find(environment, Optional.ofNullable(System.getProperty(PROPERTY)), USUAL);
  }

  static Path find(Environment environment, Optional<String> property, List<Path> usual) {
    Optional<String> variable = environment.find(VARIABLE);
    if (variable.isPresent()) {
      return readable(VARIABLE, variable.get());
    }
    if (property.isPresent()) {
      return readable(PROPERTY, property.get());
    }
    return usual.stream()
        .filter(Files::isReadable)
        .findFirst()
        .orElseThrow(
            () ->
                new ConfigurationException(
                    VARIABLE + " is not set, and no usual place has trusted certificates"));
  }

  private static Path readable(String setting, String file) {
    Path path = Path.of(file);
    if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
      throw new ConfigurationException(setting + " names no file that can be read");
    }
    return path;
  }
}
