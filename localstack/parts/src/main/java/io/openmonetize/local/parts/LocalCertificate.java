package io.openmonetize.local.parts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A key and a certificate of its own, mostly for 127.0.0.1, good for two days. */
public final class LocalCertificate {
  private static final String PASSWORD = "changeit";
  private static final String ALIAS = "openmonetize-local";
  private static final String HERE = "dns:localhost,ip:127.0.0.1";

  private final KeyStore store;

  private LocalCertificate(KeyStore store) {
    this.store = store;
  }

  /** Made by the JDK's keytool in this folder. */
  public static LocalCertificate make(Path folder)
      throws IOException, GeneralSecurityException, InterruptedException {
    return make(folder, HERE, 0);
  }

  /**
   * @param names as keytool takes them: {@code dns:api.example.com,ip:127.0.0.1}
   * @param madeDaysAgo from 2 on it has expired; negative for one that is not yet good
   */
  public static LocalCertificate make(Path folder, String names, int madeDaysAgo)
      throws IOException, GeneralSecurityException, InterruptedException {
    Path file = Files.createTempDirectory(folder, "certificate").resolve("certificate.p12");
    String[] command = {
      Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
      "-genkeypair",
      "-alias",
      ALIAS,
      "-keyalg",
      "EC",
      "-dname",
      "CN=" + names.replace(',', ' '),
      "-startdate",
      (madeDaysAgo < 0 ? "+" : "-") + Math.abs(madeDaysAgo) + "d",
      "-validity",
      "2",
      "-ext",
      "SAN=" + names,
      "-storetype",
      "PKCS12",
      "-storepass",
      PASSWORD,
      "-keystore",
      file.toString()
    };
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(keytool.getInputStream().readAllBytes());
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool made no certificate: " + said);
    }
    return new LocalCertificate(KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray()));
  }

  /** For servers. */
  public SSLContext server() throws GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  /** Writes the certificate in PEM, as a bundle of trusted authorities with it alone. */
  public void writePem(Path file) throws IOException, GeneralSecurityException {
    Files.writeString(file, PemBundle.text(store.getCertificate(ALIAS)));
  }

  /**
   * Writes a Java runtime's own authorities and this certificate in PEM.
   *
   * @param runtime the folder of a JDK or JRE
   */
  public void writeBundle(Path runtime, Path file) throws IOException, GeneralSecurityException {
    PemBundle.write(trusted(runtime), file);
  }

  private KeyStore trusted(Path runtime) throws IOException, GeneralSecurityException {
    Path roots = runtime.resolve("lib").resolve("security").resolve("cacerts");
    KeyStore trusted = PemBundle.readKeyStore(roots);
    trusted.setCertificateEntry(ALIAS, store.getCertificate(ALIAS));
    return trusted;
  }
}
