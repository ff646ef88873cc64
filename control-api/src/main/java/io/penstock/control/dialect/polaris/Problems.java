package io.penstock.control.dialect.polaris;

import java.util.ArrayList;
import java.util.List;

/** Everything that is wrong with a request. */
final class Problems {
  private final List<Problem> found = new ArrayList<>();

  void bad(String target, String message) {
    found.add(new Problem(Problem.BAD_ARGUMENT, message, target));
  }

  /**
   * @param place such as {@code line 1, column 8}
   */
  void badAt(String target, String place, String message) {
    found.add(new Problem(Problem.BAD_ARGUMENT, message, target, place));
  }

  /**
   * @param message says what to use instead
   */
  void unsupported(String target, String message) {
    found.add(new Problem(Problem.UNSUPPORTED, message, target));
  }

  /** As {@link #badAt}, of what is not offered. */
  void unsupportedAt(String target, String place, String message) {
    found.add(new Problem(Problem.UNSUPPORTED, message, target, place));
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /**
   * @param what the request is about, such as {@code job}
   * @throws PolarisError if anything is wrong
   */
  void refuse(String what) {
    if (!isEmpty()) {
      throw PolarisError.invalid(what, found);
    }
  }
}
