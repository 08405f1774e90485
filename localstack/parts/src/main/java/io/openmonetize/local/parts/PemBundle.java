package io.openmonetize.local.parts;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.Collections;
import java.util.List;

/** Certificates of a key store as RFC 7468 has them. */
public final class PemBundle {
  private static final int LINE_LENGTH = 64;
  private static final String PASSWORD = "changeit";

  private PemBundle() {}

  /** A key store with the password that every JDK's own has. */
  public static KeyStore readKeyStore(Path file) throws IOException, GeneralSecurityException {
    return KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
  }

  /** Writes them in the order of their names, so that the same store gives the same bytes. */
  public static void write(KeyStore trusted, Path file)
      throws IOException, GeneralSecurityException {
    List<String> names = Collections.list(trusted.aliases());
    Collections.sort(names);
    StringBuilder pem = new StringBuilder();
    for (String name : names) {
      pem.append(text(trusted.getCertificate(name)));
    }
    Files.writeString(file, pem, StandardCharsets.US_ASCII);
  }

  static String text(Certificate certificate) throws GeneralSecurityException {
    Base64.Encoder base64 = Base64.getMimeEncoder(LINE_LENGTH, new byte[] {'\n'});
    return "-----BEGIN CERTIFICATE-----\n"
        + base64.encodeToString(certificate.getEncoded())
        + "\n-----END CERTIFICATE-----\n";
  }
}
