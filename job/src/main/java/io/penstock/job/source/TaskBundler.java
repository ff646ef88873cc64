package io.penstock.job.source;

import io.penstock.spec.PlannedObject;
import io.penstock.spec.PlannedTask;
import java.util.ArrayList;
import java.util.List;

/**
 * Bundles objects, in key order, into tasks of about so many bytes. What it gives depends only on
 * the objects from the last task's end on, so that a listing taken up again bundles the same.
 */
final class TaskBundler {
  /** Flink hands a task over in one message, of 10 MiB at the most. */
  static final int MAX_OBJECTS = 10_000;

  /** Of the keys, in characters; a key may have a thousand bytes. */
  private static final int MAX_KEYS_LENGTH = 2_000_000;

  private final long maxBytes;
  private final boolean divides;
  private final List<PlannedObject> open = new ArrayList<>();
  private final List<PlannedTask> closed = new ArrayList<>();
  private long openBytes;
  private long openKeys;
  private int nextNumber;

  /**
   * @param maxBytes stored bytes of a task; 0 makes each object a task
   * @param divides whether larger objects become several tasks
   */
  TaskBundler(long maxBytes, boolean divides, int nextNumber) {
    this.maxBytes = maxBytes;
    this.divides = divides && maxBytes > 0;
    this.nextNumber = nextNumber;
  }

  void add(PlannedObject object) {
    if (divides && object.size() > maxBytes) {
      divide(object);
      return;
    }
    if (!open.isEmpty() && openBytes + object.size() > maxBytes) {
      close();
    }
    open.add(object);
    openBytes += object.size();
    openKeys += object.key().length();
    if (openBytes >= maxBytes || open.size() == MAX_OBJECTS || openKeys >= MAX_KEYS_LENGTH) {
      close();
    }
  }

  /** All parts are closed at once, so that a plan never ends between two of them. */
  private void divide(PlannedObject object) {
    end();
    long parts = (object.size() - 1) / maxBytes + 1;
    long bytes = (object.size() - 1) / parts + 1;
    for (long from = 0; from < object.size(); from += bytes) {
      open.add(object.of(from, Math.min(from + bytes, object.size())));
      close();
    }
  }

  /** Nothing follows: the open task is as full as it gets. */
  void end() {
    if (!open.isEmpty()) {
      close();
    }
  }

  /** Tasks closed since the last call. */
  List<PlannedTask> take() {
    List<PlannedTask> taken = List.copyOf(closed);
    closed.clear();
    return taken;
  }

  private void close() {
    closed.add(new PlannedTask(nextNumber++, open));
    open.clear();
    openBytes = 0;
    openKeys = 0;
  }
}
