package io.penstock.control.dialect.hydrolix;

import io.penstock.spec.ObjectSelection;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A source's bucket and what is selected in it.
 *
 * @param scheme how objects are called towards the user
 */
record SourceUrl(String scheme, String bucket, ObjectSelection selection) {
  private static final Pattern URL =
      Pattern.compile("(s3|gs)://([A-Za-z0-9][A-Za-z0-9._-]{1,62})(?:/(.*))?");

  static Optional<SourceUrl> parse(String url) {
    Matcher matcher = URL.matcher(url);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String path = matcher.group(3) == null ? "" : matcher.group(3);
    return Optional.of(new SourceUrl(matcher.group(1), matcher.group(2), selection(path)));
  }

  /** Everything below a path that is empty or ends in a slash, else the one object. */
  static ObjectSelection selection(String path) {
    String key = path.startsWith("/") ? path.substring(1) : path;
    return key.isEmpty() || key.endsWith("/")
        ? new ObjectSelection.Prefix(key)
        : new ObjectSelection.ObjectOrFolder(key);
  }
}
