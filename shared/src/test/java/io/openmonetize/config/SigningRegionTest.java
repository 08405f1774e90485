package io.openmonetize.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.ServiceMetadata;

/** What a class of ours says in place of the SDK's is what the SDK's says. */
final class SigningRegionTest {
  @ParameterizedTest
  @ValueSource(strings = {"dynamodb", "sqs", "logs"})
  void signingRegionAndEndpoint_inEveryRegion_areTheSdksOwn(String service) throws Exception {
    ServiceMetadata ours = ServiceMetadata.of(service);
    try (URLClassLoader sdkAlone =
        new URLClassLoader(sdkJars(), ClassLoader.getPlatformClassLoader())) {
      Class<?> region = sdkAlone.loadClass(Region.class.getName());
      Class<?> metadata = sdkAlone.loadClass(ServiceMetadata.class.getName());
      Object theirs = metadata.getMethod("of", String.class).invoke(null, service);
      assertThat(ours.getClass().getSimpleName()).isEqualTo("DefaultServiceMetadata");
      assertThat(theirs.getClass().getSimpleName()).isNotEqualTo("DefaultServiceMetadata");
      for (Region one : Region.regions().stream().filter(r -> !r.isGlobalRegion()).toList()) {
        Object same = region.getMethod("of", String.class).invoke(null, one.id());
        assertThat(ours.signingRegion(one))
            .hasToString(metadata.getMethod("signingRegion", region).invoke(theirs, same) + "");
        assertThat(ours.endpointFor(one))
            .isEqualTo(metadata.getMethod("endpointFor", region).invoke(theirs, same));
      }
    }
  }

  private static URL[] sdkJars() throws MalformedURLException {
    URL[] jars = new URL[0];
    for (String path : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (path.contains("awssdk") || path.contains("slf4j")) {
        jars = Arrays.copyOf(jars, jars.length + 1);
        jars[jars.length - 1] = Path.of(path).toUri().toURL();
      }
    }
    return jars;
  }
}
