package io.penstock.job.sink;

import io.penstock.job.record.ColumnVector;
import io.penstock.job.record.RowBatch;
import java.util.Arrays;

/**
 * Divides a batch's rows by time bucket: groups in the order of their first row, rows in their
 * order within each. What it gives is valid until the next call. Used by one thread.
 */
final class TimeBuckets {
  /** Twice the groups that there can be, and a power of two. */
  private static final int SLOTS = 2 * RowBatch.CAPACITY;

  private static final long MIX = 0x9e3779b97f4a7c15L;
  private static final int MIX_SHIFT = Long.SIZE - Integer.numberOfTrailingZeros(SLOTS);

  private final long width;
  private final int[] slots = new int[SLOTS];
  private final long[] buckets = new long[RowBatch.CAPACITY];
  private final int[] starts = new int[RowBatch.CAPACITY + 1];
  private final int[] groupOfRow = new int[RowBatch.CAPACITY];
  private final int[] rows = new int[RowBatch.CAPACITY];
  private int groups;

  /**
   * @param width of a bucket, in microseconds
   */
  TimeBuckets(long width) {
    this.width = width;
  }

  /** Returns the number of groups. */
  int divide(ColumnVector time, int[] selected, int count) {
    Arrays.fill(slots, 0);
    Arrays.fill(starts, 0);
    groups = 0;
    long[] times = time.longs();
    int group = -1;
    long begin = 0;
    long end = 0;
    for (int i = 0; i < count; i++) {
      long at = times[selected[i]];
      if (at < begin || at >= end) {
        long bucket = Math.floorDiv(at, width);
        begin = bucket * width;
        end = begin + width;
        group = groupOf(bucket);
      }
      groupOfRow[i] = group;
      starts[group + 1]++;
    }
    for (int g = 0; g < groups; g++) {
      starts[g + 1] += starts[g];
    }
    // Filling a group moves its start to its end, which is where the next group starts.
    for (int i = 0; i < count; i++) {
      rows[starts[groupOfRow[i]]++] = selected[i];
    }
    return groups;
  }

  private int groupOf(long bucket) {
    int slot = (int) ((bucket * MIX) >>> MIX_SHIFT);
    while (slots[slot] != 0) {
      int known = slots[slot] - 1;
      if (buckets[known] == bucket) {
        return known;
      }
      slot = (slot + 1) & (SLOTS - 1);
    }
    buckets[groups] = bucket;
    slots[slot] = groups + 1;
    return groups++;
  }

  long bucket(int group) {
    return buckets[group];
  }

  /** Row numbers, group after group. */
  int[] rows() {
    return rows;
  }

  /** Where a group begins in {@link #rows()}. */
  int from(int group) {
    return group == 0 ? 0 : starts[group - 1];
  }

  /** Behind a group's last row in {@link #rows()}. */
  int to(int group) {
    return starts[group];
  }
}
