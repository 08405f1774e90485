package io.openmonetize.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openmonetize.http.Origin;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where trusted authorities are looked for, and what is said when there are none. */
final class CaBundleTest {
  private static final Environment EMPTY = new Environment(Map.of());

  @TempDir private Path folder;

  @Test
  void find_variable_comesFirst() throws IOException {
    Path named = file("named.pem");
    assertThat(
            CaBundle.find(
                naming(named), Optional.of(file("other.pem").toString()), List.of(file("os.pem"))))
        .isEqualTo(named);
  }

  @Test
  void find_property_comesBeforeTheUsualPlaces() throws IOException {
    Path named = file("named.pem");
    assertThat(CaBundle.find(EMPTY, Optional.of(named.toString()), List.of(file("os.pem"))))
        .isEqualTo(named);
  }

  @Test
  void find_nothingNamed_isTheFirstUsualPlaceThatIsThere() throws IOException {
    Path second = file("second.pem");
    assertThat(CaBundle.find(EMPTY, Optional.empty(), List.of(folder.resolve("first.pem"), second)))
        .isEqualTo(second);
  }

  @Test
  void find_namedFileIsNotThere_isNotReplacedByAnother() throws IOException {
    List<Path> usual = List.of(file("os.pem"));
    assertThatThrownBy(
            () -> CaBundle.find(naming(folder.resolve("none.pem")), Optional.empty(), usual))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("OM_CA_BUNDLE");
    assertThatThrownBy(() -> CaBundle.find(EMPTY, Optional.of(folder.toString()), usual))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("openmonetize.ca.bundle");
  }

  @Test
  void find_nowhere_isAConfigurationException() {
    assertThatThrownBy(() -> CaBundle.find(EMPTY, Optional.empty(), List.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("OM_CA_BUNDLE");
  }

  @Test
  void prepareTls_fileIsNoBundle_isAConfigurationException() throws IOException {
    try (Transport transport = Transport.of(naming(file("empty.pem")))) {
      assertThatThrownBy(transport::prepareTls)
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("No bundle of certificates");
    }
  }

  @Test
  void connect_plainOrigin_needsNoBundle() {
    try (Transport transport = Transport.of(naming(folder.resolve("none.pem")))) {
      Origin nobody = Origin.of(URI.create("http://no-such-host.invalid"));
      assertThatThrownBy(
              () ->
                  transport.connector(Duration.ofSeconds(5)).connect(nobody, Duration.ofSeconds(5)))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void clients_ofAwsWithoutABundle_areAConfigurationException() {
    Environment environment = naming(folder.resolve("none.pem"));
    assertThatThrownBy(() -> new AwsClients(environment).sqs(Duration.ofSeconds(1)))
        .isInstanceOf(ConfigurationException.class);
  }

  private static Environment naming(Path file) {
    return new Environment(Map.of("OM_CA_BUNDLE", file.toString()));
  }

  private Path file(String name) throws IOException {
    return Files.writeString(folder.resolve(name), "");
  }
}
