package io.penstock.control.dialect.posthog;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Absolute URLs of other pages, which keep all other parameters. */
final class Links {
  private Links() {}

  /**
   * @param value empty to leave the parameter out
   */
  static String with(String url, String parameter, String value) {
    int question = url.indexOf('?');
    String path = question < 0 ? url : url.substring(0, question);
    List<String> parameters = new ArrayList<>();
    if (question >= 0) {
      Arrays.stream(url.substring(question + 1).split("&", -1))
          .filter(one -> !one.isEmpty() && !one.startsWith(parameter + "="))
          .forEach(parameters::add);
    }
    if (!value.isEmpty()) {
      parameters.add(parameter + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
    }
    return parameters.isEmpty() ? path : path + "?" + String.join("&", parameters);
  }
}
