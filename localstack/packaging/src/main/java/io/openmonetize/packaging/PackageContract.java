package io.openmonetize.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.local.parts.RuntimeApiStandIn;
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
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The zip that is deployed, as the build has made it; each function's tests extend this. */
public abstract class PackageContract {
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

  @TempDir private Path folder;

  private final Path zip;
  private final Training training;

  /**
   * @param function the name of the zip in {@code target}
   */
  protected PackageContract(String function, Training training) {
    this.zip = Path.of("target", function + ".zip");
    this.training = training;
  }

  @Test
  public void start_inARootWithAShellAndNothingElse_answers() throws Exception {
    @Nullable String reason = CleanRoot.reasonAgainst();
    if (reason != null) {
      System.err.println(getClass().getSimpleName() + " is left out: " + reason);
    }
    Assumptions.assumeTrue(reason == null, reason);
    CleanRoot root = CleanRoot.make(Files.createDirectory(folder.resolve("root")));
    PackageFolder task = unpack(root.path().resolve("var/task"));

    String written =
        callOnce(
            training, task, root.start(), root.path().resolve("tmp"), "/tmp", "-XX:AOTMode=on");

    assertThat(written).doesNotContain("[warning]");
  }

  @Test
  public void start_cacheMissing_answersAllTheSame() throws Exception {
    PackageFolder task = unpack(folder.resolve("without"));
    Files.delete(task.cache());

    callFrom(task);
  }

  @Test
  public void start_cacheOfAnotherRuntime_answersAllTheSame() throws Exception {
    PackageFolder task = unpack(folder.resolve("other"));
    // The JVM tells its runtime by the size of this file.
    Path modules = task.javaRuntime().resolve("lib").resolve("modules");
    Files.write(modules, new byte[8], StandardOpenOption.APPEND);

    assertThat(callFrom(task)).contains("[warning][aot");
  }

  @Test
  public void programs_needNoNewerCLibraryThanLambdas_andNoOtherLibrary() throws Exception {
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
      program.versions().stream().filter(PackageContract::isTooNew).forEach(tooNew::add);
    }
    missing.removeAll(present);
    missing.removeAll(GLIBC);
    String newest =
        programs.stream()
            .flatMap(program -> program.versions().stream())
            .max(Comparator.comparingInt(PackageContract::minor))
            .orElseThrow();
    System.out.println("The newest C library that " + zip + " needs: " + newest);

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

  /** Starts the zip as another of its handlers, with the call of that one. */
  protected void callAs(Training other) throws Exception {
    PackageFolder task = unpack(folder.resolve("as-another"));
    callOnce(other, task, List.of(task.bootstrap().toString()), folder, folder.toString());
  }

  private PackageFolder unpack(Path target) throws IOException {
    if (Files.exists(target)) {
      UnpackedZip.delete(target);
    }
    return UnpackedZip.unpack(zip, Files.createDirectories(target));
  }

  private String callFrom(PackageFolder task) throws Exception {
    return callOnce(
        training, task, List.of(task.bootstrap().toString()), folder, folder.toString());
  }

  /**
   * @param trusted the folder of the trusted authorities
   * @param trustedInside the same as the process sees it
   * @return what the process wrote
   */
  private String callOnce(
      Training called,
      PackageFolder task,
      List<String> command,
      Path trusted,
      String trustedInside,
      String... options)
      throws Exception {
    try (Surroundings surroundings = Surroundings.start(folder, called);
        RuntimeApiStandIn platform = RuntimeApiStandIn.start()) {
      surroundings.writeTrusted(task.javaRuntime(), trusted);
      try (PackagedFunction function =
          PackagedFunction.start(
              command,
              surroundings.variables(platform.authority(), Path.of(trustedInside), options),
              platform,
              folder.resolve("output"))) {
        function.awaitStart();
        called.call(surroundings, function);
        return function.written();
      }
    }
  }
}
