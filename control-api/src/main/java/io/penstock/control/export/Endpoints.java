package io.penstock.control.export;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which endpoints exports may write to: those that the operator allows, and whatever is on the
 * internet, so that nobody reaches a service of the operator's own network through an export.
 *
 * @param allowed asked with a URL without a trailing slash
 */
public record Endpoints(Predicate<String> allowed) {
  private static final int SHARED_FIRST = 100;
  private static final int SHARED_SECOND = 64;

  /** What is wrong with it. */
  public Optional<String> trouble(String url) {
    URI uri;
    try {
      uri = URI.create(url);
    } catch (IllegalArgumentException e) {
      return Optional.of("it is no URL");
    }
    boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!web || uri.getHost() == null || uri.getUserInfo() != null) {
      return Optional.of("it must begin with http:// or https://, and name a host");
    }
    if (allowed.test(url.endsWith("/") ? url.substring(0, url.length() - 1) : url)) {
      return Optional.empty();
    }
    try {
      boolean open =
          Arrays.stream(InetAddress.getAllByName(uri.getHost())).allMatch(Endpoints::isPublic);
      return open ? Optional.empty() : Optional.of("the host is not allowed");
    } catch (UnknownHostException e) {
      return Optional.of("the host cannot be resolved");
    }
  }

  private static boolean isPublic(InetAddress address) {
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
}
