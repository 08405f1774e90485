package io.openmonetize.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What the AWS Common Runtime needs in a package that has its jar: its native library as a file,
 * since it would otherwise be written to {@code /tmp} at each start, and the trusted authorities in
 * PEM. The jar's libraries, 60 MB for a dozen platforms, leave it.
 */
final class NativeTransport {
  private static final String JAR = "aws-crt-";
  private static final String LIBRARY = "libaws-crt-jni.so";
  private static final Set<String> NATIVE = Set.of("so", "dll", "dylib", "jnilib");

  private NativeTransport() {}

  static void unpackIn(PackageFolder folder) throws IOException, GeneralSecurityException {
    for (Path jar : LeanJars.jars(folder, JAR)) {
      try (ZipFile whole = new ZipFile(jar.toFile())) {
        Files.write(folder.library(LIBRARY), LeanJars.bytes(whole, ofThisMachine(whole)));
      }
      LeanJars.rewrite(jar, NativeTransport::isNative);
      folder.writeAuthorities();
    }
  }

  /** Options that JVM and library need at each start; none without the library. */
  static List<String> options(PackageFolder folder) {
    if (Files.notExists(folder.library(LIBRARY))) {
      return List.of();
    }
    return List.of(
        "--enable-native-access=ALL-UNNAMED",
        "-Djava.library.path=lib",
        "-Dopenmonetize.ca.bundle=" + PackageFolder.AUTHORITIES);
  }

  /** As the library names processors. Lambda's systems have the GNU C library. */
  private static ZipEntry ofThisMachine(ZipFile jar) throws IOException {
    String processor =
        switch (System.getProperty("os.arch")) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "armv8";
          case String other -> throw new IOException("Lambda has no processor " + other);
        };
    ZipEntry entry = jar.getEntry("linux/" + processor + "/glibc/" + LIBRARY);
    if (entry == null) {
      throw new IOException(jar.getName() + " has no library for " + processor);
    }
    return entry;
  }

  private static boolean isNative(String name) {
    return NATIVE.contains(name.substring(name.lastIndexOf('.') + 1));
  }
}
