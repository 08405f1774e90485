package io.openmonetize.packaging;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Takes out of a package's jars what no function calls. What is missing by mistake shows in the
 * training, which makes calls of every kind.
 */
final class LeanJars {
  /**
   * Passwords are hashed by the lightweight API alone: its packages do not depend on the provider
   * for the JDK's interfaces nor on what is newer than them.
   */
  private static final String BOUNCY_CASTLE = "bcprov-";

  private static final List<String> BOUNCY_CASTLE_WITHOUT =
      List.of(
          "org/bouncycastle/jcajce/",
          "org/bouncycastle/jce/",
          "org/bouncycastle/pqc/",
          "org/bouncycastle/x509/",
          "org/bouncycastle/ldap/",
          "META-INF/versions/");

  private LeanJars() {}

  static void rewriteIn(PackageFolder folder) throws IOException {
    for (Path jar : jars(folder, BOUNCY_CASTLE)) {
      rewrite(jar, name -> BOUNCY_CASTLE_WITHOUT.stream().anyMatch(name::startsWith));
    }
  }

  static List<Path> jars(PackageFolder folder, String start) throws IOException {
    try (Stream<Path> files = Files.list(folder.path().resolve("lib"))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(start))
          .filter(file -> file.toString().endsWith(".jar"))
          .toList();
    }
  }

  /**
   * Entries keep their times, for the same bytes each time. A signature, which would no longer hold
   * and keeps classes out of the AOT cache, goes too.
   */
  static void rewrite(Path jar, Predicate<String> without) throws IOException {
    Path lean = jar.resolveSibling("lean");
    try (ZipFile whole = new ZipFile(jar.toFile());
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(lean))) {
      for (ZipEntry entry : whole.stream().toList()) {
        String name = entry.getName();
        if (without.test(name) || isSignature(name)) {
          continue;
        }
        ZipEntry copy = new ZipEntry(name);
        copy.setTimeLocal(entry.getTimeLocal());
        out.putNextEntry(copy);
        byte[] bytes = bytes(whole, entry);
        out.write(name.equals(JarFile.MANIFEST_NAME) ? withoutDigests(bytes) : bytes);
        out.closeEntry();
      }
    }
    Files.move(lean, jar, StandardCopyOption.REPLACE_EXISTING);
  }

  static byte[] bytes(ZipFile zip, ZipEntry entry) throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }

  private static boolean isSignature(String name) {
    return name.startsWith("META-INF/") && (name.endsWith(".SF") || name.endsWith(".RSA"));
  }

  /** Its first part only: the others are the digests of the signature. */
  private static byte[] withoutDigests(byte[] manifest) throws IOException {
    Manifest whole = new Manifest(new ByteArrayInputStream(manifest));
    Manifest lean = new Manifest();
    for (Object name : whole.getMainAttributes().keySet()) {
      lean.getMainAttributes()
          .put(name, whole.getMainAttributes().getValue((Attributes.Name) name));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    lean.write(bytes);
    return bytes.toByteArray();
  }
}
