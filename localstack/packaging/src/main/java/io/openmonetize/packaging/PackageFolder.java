package io.openmonetize.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.openmonetize.local.parts.PemBundle;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The folder that is zipped: start script, Java runtime, jars. */
public record PackageFolder(Path path) {
  /** Of the certificate authorities, in PEM. */
  static final String AUTHORITIES = "ca-bundle.pem";

  private static final String OPTIONS = "start.options";
  private static final int HASH_DIGITS = 16;
  private static final int BUFFER_BYTES = 1 << 16;

  /** What Lambda runs. */
  public Path bootstrap() {
    return path.resolve("bootstrap");
  }

  public Path javaRuntime() {
    return path.resolve("jre");
  }

  /** The cache in an unpacked package. */
  public Path cache() throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      return files.filter(file -> file.toString().endsWith(".aot")).findAny().orElseThrow();
    }
  }

  /**
   * Gives every file the time that it has in the zip. From JDK 25.0.4 on a cache is refused when a
   * jar's time is not the one that it was trained with (JDK-8377932).
   */
  void setTimes(Instant time) throws IOException {
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.toList()) {
        Files.setLastModifiedTime(file, FileTime.from(time));
      }
    }
  }

  /**
   * The hash of all that a cache is made of: Java runtime, jars, start script, and how it is
   * trained. Up to JDK 25.0.3 a cache of other jars is not refused but runs their old code, so the
   * name must tell them apart.
   *
   * @param training folders of the classes that train
   */
  String hash(List<Path> training) throws IOException {
    MessageDigest digest = sha256();
    List<Path> roots = new ArrayList<>(List.of(bootstrap(), javaRuntime(), path.resolve("lib")));
    roots.addAll(training);
    for (Path root : roots) {
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
          digest.update((root.relativize(file) + "\n" + Files.size(file) + "\n").getBytes(UTF_8));
          add(digest, file);
        }
      }
    }
    return HexFormat.of().formatHex(digest.digest()).substring(0, HASH_DIGITS);
  }

  /**
   * Writes the options that differ from build to build: the cache's, those of the native transport,
   * the jars in order, and the main class.
   */
  void writeOptions(String cacheOption, String mainClass, Instant time) throws IOException {
    List<String> lines = new ArrayList<>(List.of(cacheOption));
    lines.addAll(NativeTransport.options(this));
    lines.add("-cp " + classPath());
    lines.add(mainClass);
    Path file = path.resolve(OPTIONS);
    Files.writeString(file, String.join("\n", lines) + "\n");
    Files.setLastModifiedTime(file, FileTime.from(time));
  }

  /** A native library, beside the jars. */
  Path library(String name) {
    return path.resolve("lib").resolve(name);
  }

  /** Puts the authorities that the Java runtime trusts beside it, for those who read PEM only. */
  void writeAuthorities() throws IOException, GeneralSecurityException {
    Path trusted = javaRuntime().resolve("lib").resolve("security").resolve("cacerts");
    PemBundle.write(PemBundle.readKeyStore(trusted), path.resolve(AUTHORITIES));
  }

  /** Ours first: {@code shared} has a class that stands before one of the AWS SDK's. */
  private String classPath() throws IOException {
    try (Stream<Path> files = Files.list(path.resolve("lib"))) {
      return files
          .map(file -> "lib/" + file.getFileName())
          .filter(name -> name.endsWith(".jar"))
          .sorted(
              Comparator.comparing((String jar) -> !jar.startsWith("lib/shared-"))
                  .thenComparing(Comparator.naturalOrder()))
          .collect(Collectors.joining(":"));
    }
  }

  private static void add(MessageDigest digest, Path file) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      while (in.read(buffer) >= 0) {
        // The digest has seen it.
      }
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
