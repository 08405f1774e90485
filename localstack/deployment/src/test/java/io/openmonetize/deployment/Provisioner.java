package io.openmonetize.deployment;

/** Makes a cloud assembly's resources on a server. */
interface Provisioner {
  /**
   * @throws ProvisioningException when what the suite needs could not be made; nothing is left then
   */
  Provisioned provision(CloudAssembly assembly, Checks checks) throws InterruptedException;

  /** Resources that exist until this is closed. */
  interface Provisioned extends AutoCloseable {
    References references();

    @Override
    void close();
  }

  /** The server refused, with its reason. */
  final class ProvisioningException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ProvisioningException(String message) {
      super(message);
    }
  }
}
