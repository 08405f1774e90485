package io.openmonetize.pricing;

import io.openmonetize.config.ConfigurationException;
import io.openmonetize.config.Environment;
import io.openmonetize.digest.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
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
    return read(generated(), resource("price-overlay.json"));
  }

  /** The generated part of the bundled book. */
  static byte[] generated() {
    return resource("price-book.json");
  }

  /**
   * @param generated the lowest of the layers
   */
  static PriceBook of(Environment environment, byte[] generated) {
    byte[] overlay = resource("price-overlay.json");
    Optional<String> overrides = environment.find(OVERRIDES);
    if (overrides.isEmpty()) {
      return read(generated, overlay);
    }
    byte[] own;
    try {
      own = Files.readAllBytes(Path.of(overrides.get()));
    } catch (IOException | InvalidPathException e) {
      throw new ConfigurationException(
          OVERRIDES + " names a file that cannot be read: " + e.getClass().getSimpleName());
    }
    PriceLayers bundled = layers(generated, overlay);
    try {
      PriceFile file = PriceFileReader.read(own);
      String name = file.version().isEmpty() ? "own" : file.version();
      return bundled.lay(file).book(version(generated, overlay) + "+" + name + "-" + digest(own));
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(
          OVERRIDES + " names a file that is no price file: " + e.getMessage());
    }
  }

  /**
   * @throws IllegalArgumentException when a file is not of its form, or they do not fit together;
   *     the message says where
   */
  static PriceBook read(byte[] bookFile, byte[] overlayFile) {
    return layers(bookFile, overlayFile).book(version(bookFile, overlayFile));
  }

  private static PriceLayers layers(byte[] bookFile, byte[] overlayFile) {
    return new PriceLayers()
        .lay(PriceFileReader.read(bookFile))
        .lay(PriceFileReader.read(overlayFile));
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
    return HexFormat.of().formatHex(Sha256.of(files), 0, DIGEST_BYTES_SHOWN);
  }
}
