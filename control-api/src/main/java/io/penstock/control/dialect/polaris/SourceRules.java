package io.penstock.control.dialect.polaris;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the operator lets sources be.
 *
 * @param endpoints asked for endpoints that are not AWS's own, without a trailing slash
 */
public record SourceRules(Predicate<String> endpoints, Predicate<String> buckets) {
  private static final String DEFAULT_REGION = "us-east-1";
  private static final Pattern AWS_HOST =
      Pattern.compile(
          "s3(?:[.-](?:dualstack\\.)?([a-z]{2}(?:-[a-z]+)+-\\d))?\\.amazonaws\\.com(?:\\.cn)?");

  boolean allowsEndpoint(String url) {
    return isAws(url) || endpoints.test(url);
  }

  boolean allowsBucket(String bucket) {
    return buckets.test(bucket);
  }

  private static boolean isAws(String url) {
    return url.startsWith("https://") && AWS_HOST.matcher(url.substring(8)).matches();
  }

  /** The base URL of a host, or of a URL without a path. */
  static Optional<String> url(String endpoint) {
    String text = endpoint.contains("://") ? endpoint : "https://" + endpoint;
    try {
      URI uri = URI.create(text.toLowerCase(Locale.ROOT));
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      boolean bare = uri.getPath().isEmpty() || uri.getPath().equals("/");
      if (!web
          || uri.getHost() == null
          || !bare
          || uri.getQuery() != null
          || uri.getFragment() != null
          || uri.getUserInfo() != null) {
        return Optional.empty();
      }
      return Optional.of(uri.getScheme() + "://" + uri.getAuthority());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Read from an AWS host name. */
  static String region(String url) {
    Matcher host = AWS_HOST.matcher(url.substring(url.indexOf("://") + 3));
    return host.matches() && host.group(1) != null ? host.group(1) : DEFAULT_REGION;
  }
}
