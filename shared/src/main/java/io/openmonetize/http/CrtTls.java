package io.openmonetize.http;

import java.io.IOException;
import java.nio.file.Path;
import software.amazon.awssdk.crt.CRT;
import software.amazon.awssdk.crt.CrtRuntimeException;
import software.amazon.awssdk.crt.io.ClientBootstrap;
import software.amazon.awssdk.crt.io.EventLoopGroup;
import software.amazon.awssdk.crt.io.HostResolver;
import software.amazon.awssdk.crt.io.TlsContext;
import software.amazon.awssdk.crt.io.TlsContextOptions;
import software.amazon.awssdk.crt.io.TlsContextOptions.TlsVersions;

/**
 * The AWS Common Runtime's event loops, resolver and trusted roots: what all TLS connections of a
 * process share. Logs nothing, and reads no settings of its own.
 */
public final class CrtTls implements AutoCloseable {
  /** Hosts whose addresses are kept: three providers, two AWS services, and room. */
  private static final int RESOLVED_HOSTS = 32;

  private final EventLoopGroup loops;
  private final HostResolver resolver;
  private final ClientBootstrap bootstrap;
  private final TlsContext context;

  private CrtTls(int threads, TlsContext context) {
    this.context = context;
    this.loops = new EventLoopGroup(threads);
    this.resolver = new HostResolver(loops, RESOLVED_HOSTS);
    this.bootstrap = new ClientBootstrap(loops, resolver);
  }

  /**
   * @param bundle certificates of the trusted authorities, in PEM
   * @param threads event loops: each does the TLS of its connections
   * @throws IOException when the file is no such bundle, or the native library is not there
   */
  public static CrtTls start(Path bundle, int threads) throws IOException {
    try {
      CRT.checkLoaded();
    } catch (CrtRuntimeException e) {
      throw new IOException("The AWS Common Runtime's native library could not be loaded", e);
    }
    try (TlsContextOptions options =
        TlsContextOptions.createDefaultClient()
            .withMinimumTlsVersion(TlsVersions.TLSv1_2)
            .withAlpnList("http/1.1")
            .withCertificateAuthorityFromPath(null, bundle.toString())) {
      return new CrtTls(threads, new TlsContext(options));
    } catch (CrtRuntimeException e) {
      throw new IOException("No bundle of certificates in PEM: " + e.errorName, e);
    }
  }

  ClientBootstrap bootstrap() {
    return bootstrap;
  }

  TlsContext context() {
    return context;
  }

  /** Connections that are still open keep what they need until they are closed. */
  @Override
  public void close() {
    bootstrap.close();
    resolver.close();
    loops.close();
    context.close();
  }
}
