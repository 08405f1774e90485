package io.openmonetize.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArtefactsTest {
  private static final String LINUX_X86_64 = "7f454c4602010100000000000000000003003e00";
  private static final String LINUX_AARCH64 = "7f454c460201010000000000000000000300b700";
  private static final String LINUX_RISC_V = "7f454c460201010000000000000000000300f300";
  private static final String MACOS_ARM64 = "cffaedfe0c000001000000000200000014000000";

  @TempDir Path checkout;

  @BeforeEach
  void buildTheOthers() throws IOException {
    for (String function : new String[] {"ingest-api", "ingest-worker", "query"}) {
      build(function, "jre/bin/java", LINUX_X86_64);
    }
  }

  @ParameterizedTest
  @CsvSource({LINUX_X86_64 + ", x86_64", LINUX_AARCH64 + ", arm64"})
  void builtIn_javaForLinux_tellsTheProcessor(String head, String architecture) throws IOException {
    build("proxy", "jre/bin/java", head);
    Artefacts artefacts = Artefacts.builtIn(checkout);
    assertThat(artefacts.proxy().architecture().getName()).isEqualTo(architecture);
    assertThat(artefacts.proxy().zip()).isEqualTo(zipOf("proxy"));
    assertThat(artefacts.ingestWorker().zip()).isEqualTo(zipOf("ingest-worker"));
  }

  @Test
  void builtIn_javaForAnotherSystem_isRefused() throws IOException {
    build("proxy", "jre/bin/java", MACOS_ARM64);
    assertThatIllegalStateException()
        .isThrownBy(() -> Artefacts.builtIn(checkout))
        .withMessageEndingWith("holds a Java runtime that is not for Linux: build it on Linux");
  }

  @Test
  void builtIn_javaForAnotherProcessor_isRefused() throws IOException {
    build("proxy", "jre/bin/java", LINUX_RISC_V);
    assertThatIllegalStateException()
        .isThrownBy(() -> Artefacts.builtIn(checkout))
        .withMessageEndingWith("for a processor that Lambda lacks: ELF 243");
  }

  @Test
  void builtIn_noJavaInside_isRefused() throws IOException {
    build("proxy", "lib/proxy.jar", LINUX_X86_64);
    assertThatIllegalStateException()
        .isThrownBy(() -> Artefacts.builtIn(checkout))
        .withMessageEndingWith("holds no jre/bin/java");
  }

  @Test
  void builtIn_packageMissing_saysWhatToRun() {
    assertThatIllegalStateException()
        .isThrownBy(() -> Artefacts.builtIn(checkout))
        .withMessageContaining("proxy.zip")
        .withMessageEndingWith("is missing: run mvn package first");
  }

  @Test
  void hash_cacheOfTheSameNameWithOtherBytes_isTheSame() throws IOException {
    String one = hashOf("proxy-1.aot", "one training", "a jar");
    assertThat(hashOf("proxy-1.aot", "another", "a jar")).isEqualTo(one);
  }

  @Test
  void hash_cacheOfAnotherNameOrAnotherJar_isAnother() throws IOException {
    String one = hashOf("proxy-1.aot", "one training", "a jar");
    assertThat(hashOf("proxy-2.aot", "one training", "a jar")).isNotEqualTo(one);
    assertThat(hashOf("proxy-1.aot", "one training", "a JAR")).isNotEqualTo(one);
  }

  private String hashOf(String cacheName, String cache, String jar) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(zipOf("proxy")))) {
      zip.putNextEntry(new ZipEntry("jre/bin/java"));
      zip.write(HexFormat.of().parseHex(LINUX_X86_64));
      zip.putNextEntry(new ZipEntry(cacheName));
      zip.write(cache.getBytes(StandardCharsets.UTF_8));
      zip.putNextEntry(new ZipEntry("lib/proxy.jar"));
      zip.write(jar.getBytes(StandardCharsets.UTF_8));
    }
    return Artefacts.builtIn(checkout).proxy().hash();
  }

  private void build(String function, String entry, String hex) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(zipOf(function)))) {
      zip.putNextEntry(new ZipEntry(entry));
      zip.write(HexFormat.of().parseHex(hex));
    }
  }

  private Path zipOf(String function) throws IOException {
    Path target = checkout.resolve("functions").resolve(function).resolve("target");
    return Files.createDirectories(target).resolve(function + ".zip");
  }
}
