package io.penstock.control.arrivals;

import java.io.IOException;
import java.util.Random;

/** Decides what fails: an action that is not done, or one whose answer is lost. */
final class Faults {
  private static final int ONE_IN = 12;

  private final Random random;
  private boolean on;

  Faults(Random random) {
    this.random = random;
  }

  void begin() {
    on = true;
  }

  void end() {
    on = false;
  }

  void before(String action) throws IOException {
    if (on && random.nextInt(ONE_IN) == 0) {
      throw new IOException("cannot " + action);
    }
  }

  void after(String action) throws IOException {
    if (on && random.nextInt(ONE_IN) == 0) {
      throw new IOException("no answer to " + action);
    }
  }
}
