package io.openmonetize.keys;

import io.openmonetize.digest.Sha256;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The text of a key: {@code om_<environment>_}, 64 hexadecimal digits (32 random bytes), and 8 more
 * that check all before them, the environment included. It never prints itself.
 */
public final class KeyText {
  private static final int RANDOM_BYTES = 32;
  private static final int CHECK_DIGITS = 8;
  private static final int SHOWN_DIGITS = 6;
  private static final HexFormat HEX = HexFormat.of();

  private final String environment;
  private final String text;

  private KeyText(String environment, String text) {
    this.environment = environment;
    this.text = text;
  }

  public static KeyText random(String environment, SecureRandom random) {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    String checked = "om_" + environment + "_" + HEX.formatHex(bytes);
    return new KeyText(environment, checked + checksum(checked));
  }

  /** Empty when the text has not the form of a key or its checksum is wrong. */
  public static Optional<KeyText> parse(String text) {
    String environment = environmentOf(text);
    if (environment == null) {
      return Optional.empty();
    }
    int digits = "om_".length() + environment.length() + "_".length();
    int check = digits + 2 * RANDOM_BYTES;
    if (text.length() != check + CHECK_DIGITS) {
      return Optional.empty();
    }
    for (int i = digits; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
        return Optional.empty();
      }
    }
    boolean right = checksum(text.substring(0, check)).equals(text.substring(check));
    return right ? Optional.of(new KeyText(environment, text)) : Optional.empty();
  }

  private static @Nullable String environmentOf(String text) {
    if (text.startsWith("om_live_")) {
      return "live";
    }
    return text.startsWith("om_dev_") ? "dev" : null;
  }

  public String environment() {
    return environment;
  }

  /** The secret itself, for the one time that it is shown. */
  public String reveal() {
    return text;
  }

  /** What may be shown for ever, such as {@code om_live_1f9ac3}. */
  public String prefix() {
    return text.substring(0, "om__".length() + environment.length() + SHOWN_DIGITS);
  }

  /** SHA-256 of the text, in hexadecimal: the form in which it is stored and looked up. */
  public String hash() {
    return Sha256.hex(text);
  }

  @Override
  public String toString() {
    return prefix() + "…";
  }

  private static String checksum(String checked) {
    return HEX.formatHex(Sha256.of(checked), 0, CHECK_DIGITS / 2);
  }
}
