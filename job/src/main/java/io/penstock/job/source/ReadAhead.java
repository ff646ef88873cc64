package io.penstock.job.source;

import io.penstock.job.record.Spares;
import io.penstock.job.s3.ObjectStore;
import io.penstock.spec.PlannedObject;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Fetches a task's objects before they are wanted, so that decoding does not wait for the network:
 * small ones as a whole, large ones by ranges. So many requests and bytes are ahead at the most,
 * and what comes is given in order; a failure shows where its object is read and nowhere else. All
 * methods are the reading thread's.
 */
final class ReadAhead implements AutoCloseable {
  private static final int IDLE_SECONDS = 10;

  /** Those of the default limits. */
  private static final Spares<ArrayBlockingQueue<byte[]>> SPARES = new Spares<>();

  private final ObjectStore store;
  private final String bucket;
  private final Limits limits;
  private final ThreadPoolExecutor threads;
  private final ArrayBlockingQueue<byte[]> spare;
  private final Deque<Fetch> ahead = new ArrayDeque<>();

  private List<PlannedObject> objects = List.of();
  private int nextPlace;
  private long nextOffset;
  private long bytesAhead;

  /**
   * @param requests under way or waiting to be read
   * @param bytes of these together; one piece is always allowed
   * @param range of the pieces of a large object
   */
  record Limits(int requests, int bytes, int range) {
    private static final int MIB = 1024 * 1024;

    /** A few ranges hide the pauses of one connection; more would only take memory. */
    static final Limits DEFAULT = new Limits(32, 32 * MIB, 4 * MIB);

    /** For the buffers of ranges that have been read. */
    private ArrayBlockingQueue<byte[]> places() {
      return new ArrayBlockingQueue<>(Math.max(1, bytes / range));
    }
  }

  ReadAhead(ObjectStore store, String bucket, Limits limits) {
    this.store = store;
    this.bucket = bucket;
    this.limits = limits;
    this.spare =
        limits.equals(Limits.DEFAULT) ? SPARES.take().orElseGet(limits::places) : limits.places();
    this.threads =
        new ThreadPoolExecutor(
            limits.requests(),
            limits.requests(),
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "penstock-read-ahead");
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  /** Forgets what it was at, and begins to fetch these, to be opened one after another. */
  void begin(List<PlannedObject> wanted) {
    forget();
    objects = List.copyOf(wanted);
    fetchMore();
  }

  /** The object at this place; those before it are given up. */
  InputStream open(int place) {
    return new AheadStream(this, place);
  }

  /** The object's next piece; null at its end. Waits for nothing. */
  Fetch next(int place) {
    while (!ahead.isEmpty() && ahead.peek().place < place) {
      dropFirst();
    }
    skipTo(place);
    fetchMore();
    Fetch first = ahead.peek();
    return first != null && first.place == place ? first : null;
  }

  /** The piece has been read; its buffer may serve another. */
  void release(Fetch read, byte[] buffer) {
    ahead.removeFirst();
    bytesAhead -= read.length;
    if (buffer.length == limits.range()) {
      // A full queue leaves it to the garbage collector.
      boolean unused = spare.offer(buffer);
    }
    fetchMore();
  }

  /** Nothing more of this object is wanted. */
  void giveUp(int place) {
    while (!ahead.isEmpty() && ahead.peek().place <= place) {
      dropFirst();
    }
    skipTo(place + 1);
  }

  private void skipTo(int place) {
    if (nextPlace < place) {
      nextPlace = place;
      nextOffset = 0;
    }
  }

  private void dropFirst() {
    Fetch first = ahead.removeFirst();
    first.cancel();
    bytesAhead -= first.length;
  }

  private void fetchMore() {
    while (nextPlace < objects.size() && ahead.size() < limits.requests()) {
      PlannedObject object = objects.get(nextPlace);
      int length = (int) Math.min(limits.range(), object.size() - nextOffset);
      if (!ahead.isEmpty() && bytesAhead + length > limits.bytes()) {
        return;
      }
      Fetch fetch = new Fetch(nextPlace, object, nextOffset, length);
      ahead.add(fetch);
      bytesAhead += length;
      threads.execute(() -> run(fetch));
      nextOffset += length;
      if (nextOffset == object.size()) {
        nextPlace++;
        nextOffset = 0;
      }
    }
  }

  private void run(Fetch fetch) {
    if (!fetch.canceled()) {
      byte[] buffer = fetch.length == limits.range() ? spare.poll() : null;
      fetch.run(store, bucket, buffer == null ? new byte[fetch.length] : buffer);
    }
  }

  /** Fetches nothing more; what is under way ends at its next bytes. */
  void forget() {
    while (!ahead.isEmpty()) {
      dropFirst();
    }
    objects = List.of();
    nextPlace = 0;
    nextOffset = 0;
  }

  @Override
  public void close() {
    forget();
    threads.shutdown();
    if (limits.equals(Limits.DEFAULT)) {
      SPARES.leave(spare);
    }
  }
}
