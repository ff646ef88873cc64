package io.penstock.spec;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Addresses on the internet: none of this machine's, or of a network of the operator's own. */
public final class PublicAddresses {
  private static final int SHARED_FIRST = 100;
  private static final int SHARED_SECOND = 64;

  private PublicAddresses() {}

  /** Whether it is one. */
  public static boolean contain(InetAddress address) {
    byte[] bytes = address.getAddress();
    boolean uniqueLocal = bytes.length > 4 && (bytes[0] & 0xFE) == 0xFC;
    boolean shared =
        bytes.length == 4 && bytes[0] == SHARED_FIRST && (bytes[1] & 0xC0) == SHARED_SECOND;
    boolean zero = bytes.length == 4 && bytes[0] == 0;
    return !address.isAnyLocalAddress()
        && !address.isLoopbackAddress()
        && !address.isLinkLocalAddress()
        && !address.isSiteLocalAddress()
        && !address.isMulticastAddress()
        && !uniqueLocal
        && !shared
        && !zero;
  }

  /**
   * The addresses of a host.
   *
   * @throws UnknownHostException if it has none, or one that is not public
   */
  public static InetAddress[] of(String host) throws UnknownHostException {
    InetAddress[] addresses = InetAddress.getAllByName(host);
    for (InetAddress address : addresses) {
      if (!contain(address)) {
        throw new UnknownHostException("the host " + host + " is not allowed");
      }
    }
    return addresses;
  }
}
