package io.penstock.bench.data;

import java.util.SplittableRandom;

/** What the values of one row are drawn from. */
final class Draw {
  final SplittableRandom random;

  /** Of the event, since the epoch. */
  long millis;

  /** Among all rows of the data set. */
  long row;

  Draw(long seed, long object) {
    this.random = new SplittableRandom(seed * 0x9e3779b97f4a7c15L + object);
  }

  boolean oneIn(int count) {
    return random.nextInt(count) == 0;
  }

  /** Small numbers are far more frequent than large ones. */
  int skewed(int bound) {
    double drawn = random.nextDouble();
    return (int) (bound * drawn * drawn * drawn);
  }
}
