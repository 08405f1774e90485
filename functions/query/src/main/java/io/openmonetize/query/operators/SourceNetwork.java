package io.openmonetize.query.operators;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;

/** The network that a caller's address counts as. */
final class SourceNetwork {
  private static final int IPV6_NETWORK_BYTES = 8;

  private SourceNetwork() {}

  /**
   * An IPv4 address stands for itself. Of IPv6 the first 64 bits count, since whoever has one such
   * address has the other 2^64 as well.
   */
  static String of(String address) {
    try {
      if (InetAddress.ofLiteral(address) instanceof Inet6Address v6) {
        return HexFormat.of().formatHex(v6.getAddress(), 0, IPV6_NETWORK_BYTES) + "/64";
      }
    } catch (IllegalArgumentException e) {
      // What is no address is counted by its text, all alike.
    }
    return address;
  }
}
