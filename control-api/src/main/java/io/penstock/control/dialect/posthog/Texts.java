package io.penstock.control.dialect.posthog;

import java.util.List;
import java.util.stream.Collectors;

/** Lists in messages, as the product's language prints them. */
final class Texts {
  private Texts() {}

  static String list(List<String> names) {
    return names.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", ", "[", "]"));
  }
}
