package io.openmonetize.pricing;

import io.openmonetize.config.ConfigurationException;
import io.openmonetize.config.Environment;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The bundled book is two files, the generated {@code price-book.json} and the hand-kept {@code
 * price-overlay.json}; an operator may lay a third over both.
 */
final class PriceBookFiles {
  private static final String OVERRIDES = "OM_PRICE_OVERRIDES";
  private static final int DIGEST_BYTES_SHOWN = 4;

  private PriceBookFiles() {}

  static PriceBook bundled() {
    return read(resource("price-book.json"), resource("price-overlay.json"));
  }

  static PriceBook of(Environment environment) {
    Optional<String> overrides = environment.find(OVERRIDES);
    if (overrides.isEmpty()) {
      return bundled();
    }
    byte[] file;
    try {
      file = Files.readAllBytes(Path.of(overrides.get()));
    } catch (IOException | InvalidPathException e) {
      throw new ConfigurationException(
          OVERRIDES + " names a file that cannot be read: " + e.getClass().getSimpleName());
    }
    try {
      return read(resource("price-book.json"), resource("price-overlay.json"), file);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(
          OVERRIDES + " names a file that is no price file: " + e.getMessage());
    }
  }

  /**
   * @throws IllegalArgumentException when a file is not of its form; the message says where
   */
  static PriceBook read(byte[] bookFile, byte[] overlayFile) {
    return new PriceLayers()
        .lay(PriceFileReader.read(bookFile))
        .lay(PriceFileReader.read(overlayFile))
        .book(version(bookFile, overlayFile));
  }

  static PriceBook read(byte[] bookFile, byte[] overlayFile, byte[] ownFile) {
    PriceFile own = PriceFileReader.read(ownFile);
    String ownVersion = own.version().isEmpty() ? "own" : own.version();
    return new PriceLayers()
        .lay(PriceFileReader.read(bookFile))
        .lay(PriceFileReader.read(overlayFile))
        .lay(own)
        .book(version(bookFile, overlayFile) + "+" + ownVersion + "-" + digest(ownFile));
  }

  private static String version(byte[] bookFile, byte[] overlayFile) {
    return PriceFileReader.read(overlayFile).version() + "-" + digest(bookFile, overlayFile);
  }

  private static byte[] resource(String name) {
    try (InputStream in = PriceBookFiles.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not in this build");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digest(byte[]... files) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] file : files) {
        digest.update(file);
      }
      return HexFormat.of().formatHex(digest.digest(), 0, DIGEST_BYTES_SHOWN);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
