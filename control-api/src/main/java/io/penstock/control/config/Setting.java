package io.penstock.control.config;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * A setting.
 *
 * @param defaultText absent if it must be given
 * @param secret whether its value is never shown
 */
public record Setting<T>(
    String key,
    Function<String, T> reader,
    Optional<String> defaultText,
    boolean secret,
    String sentence) {

  static <T> Setting<T> optional(
      String key, Function<String, T> reader, String defaultText, String sentence) {
    return new Setting<>(key, reader, Optional.of(defaultText), false, sentence);
  }

  static <T> Setting<T> required(String key, Function<String, T> reader, String sentence) {
    return new Setting<>(key, reader, Optional.empty(), false, sentence);
  }

  static Setting<String> secret(String key, Optional<String> defaultText, String sentence) {
    return new Setting<>(key, text -> text, defaultText, true, sentence);
  }

  /** {@code penstock.flink.url} is {@code PENSTOCK_FLINK_URL} in the environment. */
  String variable() {
    return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }
}
