package io.penstock.spec;

import com.google.errorprone.annotations.FormatMethod;

/** Conditions that a value's constructor insists on. */
public final class Check {
  private Check() {}

  /**
   * @throws IllegalArgumentException with the formatted message if {@code condition} is false
   */
  @FormatMethod
  public static void that(boolean condition, String format, Object... arguments) {
    if (!condition) {
      throw new IllegalArgumentException(String.format(format, arguments));
    }
  }
}
