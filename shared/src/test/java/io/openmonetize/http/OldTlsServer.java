package io.openmonetize.http;

import io.openmonetize.local.parts.LocalCertificate;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/**
 * A server that speaks one version of TLS only, in a process of its own: the JDK decides once for a
 * process which versions are too old. Answers with the protocol that ALPN chose.
 */
final class OldTlsServer implements AutoCloseable {
  private final Process process;
  private final URI url;
  private final Path bundle;

  private OldTlsServer(Process process, URI url, Path bundle) {
    this.process = process;
    this.url = url;
    this.bundle = bundle;
  }

  static OldTlsServer start(Path folder, String version) throws IOException {
    Path own = Files.createTempDirectory(folder, "old-tls");
    Path lenient =
        Files.writeString(own.resolve("java.security"), "jdk.tls.disabledAlgorithms=SSLv3\n");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.security.properties=" + lenient,
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                OldTlsServer.class.getName(),
                own.toString(),
                version)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
    String port = said.readLine();
    if (port == null) {
      throw new IOException("The server did not start");
    }
    return new OldTlsServer(
        process, URI.create("https://127.0.0.1:" + port), own.resolve("bundle.pem"));
  }

  URI url() {
    return url;
  }

  Path bundle() {
    return bundle;
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }

  public static void main(String[] arguments) throws Exception {
    Path own = Path.of(arguments[0]);
    LocalCertificate certificate = LocalCertificate.make(own);
    certificate.writePem(own.resolve("bundle.pem"));
    try (SSLServerSocket listener =
        (SSLServerSocket)
            certificate
                .server()
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      listener.setEnabledProtocols(new String[] {arguments[1]});
      System.out.println(listener.getLocalPort());
      while (true) {
        try (SSLSocket socket = (SSLSocket) listener.accept()) {
          answer(socket);
        } catch (IOException e) {
          // The handshake failed, as it should for one of the versions.
        }
      }
    }
  }

  private static void answer(SSLSocket socket) throws IOException {
    var parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"http/1.1"});
    socket.setSSLParameters(parameters);
    InputStream in = socket.getInputStream();
    if (in.read(new byte[1000]) > 0) {
      String chosen = socket.getApplicationProtocol();
      String answer = "HTTP/1.1 200 OK\r\nContent-Length: " + chosen.length() + "\r\n\r\n" + chosen;
      socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
      in.read(new byte[1]);
    }
  }
}
