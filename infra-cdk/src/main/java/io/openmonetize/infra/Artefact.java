package io.openmonetize.infra;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import software.amazon.awscdk.AssetHashType;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.s3.assets.AssetOptions;

/**
 * A deployment package.
 *
 * @param architecture the processor that the Java runtime inside is for
 */
public record Artefact(Path zip, Architecture architecture) {
  private static final String JAVA = "jre/bin/java";
  private static final String AOT_CACHE = ".aot";

  // ELF: magic in bytes 0 to 3, the machine as a little-endian half word in bytes 18 and 19.
  private static final int ELF_MAGIC = 0x464c457f;
  private static final int ELF_MACHINE = 18;
  private static final short ELF_X86_64 = 0x3e;
  private static final short ELF_AARCH64 = 0xb7;

  /**
   * @throws IllegalStateException when the package is missing or cannot run on Lambda
   */
  static Artefact of(Path zip) {
    if (!Files.isRegularFile(zip)) {
      throw new IllegalStateException(zip + " is missing: run mvn package first");
    }
    return new Artefact(zip, architectureOf(zip));
  }

  /**
   * The package as an asset, by a hash of its own: see {@link #hash}.
   *
   * @throws UncheckedIOException when it cannot be read
   */
  Code code() {
    return Code.fromAsset(
        zip.toString(),
        AssetOptions.builder().assetHashType(AssetHashType.CUSTOM).assetHash(hash()).build());
  }

  /**
   * The same for two builds of the same things. All of the package is, byte by byte, but its AOT
   * cache: of that only the name counts, which the build makes of a hash of all that the cache is
   * made of.
   *
   * @return SHA-256, in hexadecimal
   * @throws UncheckedIOException when the package cannot be read
   */
  public String hash() {
    try (ZipFile file = new ZipFile(zip.toFile())) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (ZipEntry entry :
          file.stream().sorted(Comparator.comparing(ZipEntry::getName)).toList()) {
        digest.update((entry.getName() + "\n").getBytes(StandardCharsets.UTF_8));
        if (!entry.getName().endsWith(AOT_CACHE)) {
          digest.update((entry.getSize() + "\n").getBytes(StandardCharsets.UTF_8));
          try (InputStream bytes = file.getInputStream(entry)) {
            digest.update(bytes.readAllBytes());
          }
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw new UncheckedIOException(zip + " cannot be read", e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * Read from the package, for a wrong guess would deploy without a complaint and then fail every
   * call with "exec format error".
   */
  private static Architecture architectureOf(Path zip) {
    ByteBuffer head = headOfJava(zip);
    if (head.remaining() < ELF_MACHINE + 2 || head.getInt(0) != ELF_MAGIC) {
      throw new IllegalStateException(
          zip + " holds a Java runtime that is not for Linux: build it on Linux");
    }
    short machine = head.getShort(ELF_MACHINE);
    return switch (machine) {
      case ELF_X86_64 -> Architecture.X86_64;
      case ELF_AARCH64 -> Architecture.ARM_64;
      default ->
          throw new IllegalStateException(
              zip + " holds a Java runtime for a processor that Lambda lacks: ELF " + machine);
    };
  }

  private static ByteBuffer headOfJava(Path zip) {
    try (ZipFile file = new ZipFile(zip.toFile())) {
      ZipEntry java = file.getEntry(JAVA);
      if (java == null) {
        throw new IllegalStateException(zip + " holds no " + JAVA);
      }
      try (InputStream bytes = file.getInputStream(java)) {
        return ByteBuffer.wrap(bytes.readNBytes(ELF_MACHINE + 2)).order(ByteOrder.LITTLE_ENDIAN);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(zip + " cannot be read", e);
    }
  }
}
