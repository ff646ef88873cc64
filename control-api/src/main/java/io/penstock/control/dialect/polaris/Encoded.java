package io.penstock.control.dialect.polaris;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Names in URLs. */
final class Encoded {
  private Encoded() {}

  /** One segment of a path. */
  static String segment(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
