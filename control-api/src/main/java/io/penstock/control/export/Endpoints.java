package io.penstock.control.export;

import io.penstock.spec.PublicAddresses;
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
  /** Whether the operator allows it by name, wherever it is. */
  boolean isNamed(String url) {
    return allowed.test(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
  }

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
    if (isNamed(url)) {
      return Optional.empty();
    }
    try {
      boolean open =
          Arrays.stream(InetAddress.getAllByName(uri.getHost())).allMatch(PublicAddresses::contain);
      return open ? Optional.empty() : Optional.of("the host is not allowed");
    } catch (UnknownHostException e) {
      return Optional.of("the host cannot be resolved");
    }
  }
}
