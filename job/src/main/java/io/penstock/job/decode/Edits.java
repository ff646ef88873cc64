package io.penstock.job.decode;

import java.util.Arrays;

/**
 * What a block's bytes were before they were changed in place, so that a record can be seen again
 * as it was.
 */
final class Edits {
  private byte[] kept = new byte[1024];
  private int keptEnd;
  private int[] places = new int[64];
  private int placesEnd;

  /** Must be called before the bytes are changed. */
  void keep(byte[] block, int from, int to) {
    int length = to - from;
    if (kept.length - keptEnd < length) {
      kept = Arrays.copyOf(kept, Math.max(kept.length * 2, keptEnd + length));
    }
    if (places.length == placesEnd) {
      places = Arrays.copyOf(places, places.length * 2);
    }
    System.arraycopy(block, from, kept, keptEnd, length);
    keptEnd += length;
    places[placesEnd++] = from;
    places[placesEnd++] = length;
  }

  /** Undoes the changes that begin between {@code from} and {@code to}; later ones first. */
  void undo(byte[] block, int from, int to) {
    int end = keptEnd;
    for (int i = placesEnd - 2; i >= 0; i -= 2) {
      end -= places[i + 1];
      if (places[i] >= from && places[i] < to) {
        System.arraycopy(kept, end, block, places[i], places[i + 1]);
      }
    }
  }

  /** What was kept is needed no longer. */
  void forget() {
    keptEnd = 0;
    placesEnd = 0;
  }
}
