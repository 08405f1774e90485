package io.openmonetize.proxy.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.local.parts.RuntimeApiStandIn;
import io.openmonetize.local.parts.RuntimeApiStandIn.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The zip that is deployed, as the build has made it. */
final class PackagedProxyIT {
  private static final Path ZIP = Path.of("target", "proxy.zip");

  /** Of Amazon Linux 2023, which {@code provided.al2023} is made of. */
  private static final int GLIBC_MINOR = 34;

  /** What the C library consists of; anything else would have to be in the zip. */
  private static final Set<String> GLIBC =
      Set.of(
          "libc.so.6",
          "libm.so.6",
          "libdl.so.2",
          "libpthread.so.0",
          "librt.so.1",
          "ld-linux-x86-64.so.2",
          "ld-linux-aarch64.so.1");

  @TempDir private static Path folder;
  private static Surroundings surroundings;

  @BeforeAll
  static void start() throws Exception {
    surroundings = Surroundings.start(folder);
  }

  @AfterAll
  static void stop() throws IOException {
    surroundings.close();
  }

  @Test
  void start_inARootWithAShellAndNothingElse_streams() throws Exception {
    @Nullable String reason = CleanRoot.reasonAgainst();
    if (reason != null) {
      System.err.println("PackagedProxyIT is left out: " + reason);
    }
    Assumptions.assumeTrue(reason == null, reason);
    CleanRoot root = CleanRoot.make(Files.createDirectory(folder.resolve("root")));
    PackageFolder task = unpack(root.path().resolve("var/task"));
    surroundings.writeTrustStore(task.javaRuntime(), root.path().resolve("tmp/trusted"));

    Answer answer = callOnce(root.start(), "/tmp/trusted", "-XX:AOTMode=on");

    assertThat(answer.prelude()).contains("\"statusCode\":200").contains("text/event-stream");
    assertThat(answer.body()).contains("counts what ").endsWith("data: [DONE]\n\n");
  }

  @Test
  void start_cacheMissing_streamsAllTheSame() throws Exception {
    PackageFolder task = unpack(folder.resolve("without"));
    Files.delete(task.cache());

    assertThat(callFrom(task).body()).endsWith("data: [DONE]\n\n");
  }

  @Test
  void start_cacheOfAnotherRuntime_streamsAllTheSame() throws Exception {
    PackageFolder task = unpack(folder.resolve("other"));
    // The JVM tells its runtime by the size of this file.
    Path modules = task.javaRuntime().resolve("lib").resolve("modules");
    Files.write(modules, new byte[8], StandardOpenOption.APPEND);

    assertThat(callFrom(task).body()).endsWith("data: [DONE]\n\n");
    assertThat(Files.readString(folder.resolve("output"))).contains("[warning][aot");
  }

  @Test
  void programs_needNoNewerCLibraryThanLambdas_andNoOtherLibrary() throws Exception {
    PackageFolder task = unpack(folder.resolve("elf"));
    Set<String> missing = new TreeSet<>();
    List<String> tooNew = new ArrayList<>();
    Set<String> present = new TreeSet<>();
    List<ElfFile> programs = new ArrayList<>();
    try (Stream<Path> files = Files.walk(task.path())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        present.add(file.getFileName().toString());
        byte[] bytes = Files.readAllBytes(file);
        if (ElfFile.isElf(bytes)) {
          programs.add(ElfFile.read(bytes));
        }
      }
    }
    for (ElfFile program : programs) {
      missing.addAll(program.libraries());
      program.versions().stream().filter(PackagedProxyIT::isTooNew).forEach(tooNew::add);
    }
    missing.removeAll(present);
    missing.removeAll(GLIBC);
    String newest =
        programs.stream()
            .flatMap(program -> program.versions().stream())
            .max(Comparator.comparingInt(PackagedProxyIT::minor))
            .orElseThrow();
    System.out.println("The newest C library that the proxy's package needs: " + newest);

    assertThat(programs).hasSizeGreaterThan(10);
    assertThat(tooNew).isEmpty();
    assertThat(missing).isEmpty();
  }

  private static boolean isTooNew(String version) {
    // The JDK's own libraries have versions of other names.
    return version.startsWith("GLIBC_") && minor(version) > GLIBC_MINOR;
  }

  /** Such as 17 of {@code GLIBC_2.17} and 2 of {@code GLIBC_2.2.5}. */
  private static int minor(String version) {
    String[] parts = version.split("\\.");
    return parts.length < 2 ? 0 : Integer.parseInt(parts[1]);
  }

  private static PackageFolder unpack(Path target) throws IOException {
    if (Files.exists(target)) {
      UnpackedZip.delete(target);
    }
    return UnpackedZip.unpack(ZIP, Files.createDirectories(target));
  }

  private static Answer callFrom(PackageFolder task) throws Exception {
    Path trusted = folder.resolve("trusted");
    surroundings.writeTrustStore(task.javaRuntime(), trusted);
    return callOnce(List.of(task.bootstrap().toString()), trusted.toString());
  }

  private static Answer callOnce(List<String> command, String trusted, String... options)
      throws Exception {
    try (RuntimeApiStandIn platform = RuntimeApiStandIn.start();
        PackagedProxy proxy =
            PackagedProxy.start(
                command,
                surroundings.variables(platform.authority(), trusted, options),
                platform,
                folder.resolve("output"))) {
      proxy.awaitStart();
      return proxy.invoke(surroundings.event(Call.OPENAI_STREAM));
    }
  }
}
