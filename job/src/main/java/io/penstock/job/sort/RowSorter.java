package io.penstock.job.sort;

import io.penstock.job.record.RowBatch;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Takes rows as they come and gives them in order, combined where they become one. What it gives
 * depends on the rows, their order and the memory alone. Used by one thread.
 */
public final class RowSorter implements Closeable {
  private final RowLayout layout;
  private final RowArena arena;
  private final RowBytes row = new RowBytes();
  private final List<SpilledRows> spilled = new ArrayList<>();

  /** Takes rows in order. */
  @FunctionalInterface
  public interface Target {
    /**
     * @param at where the row begins, in {@code bytes}, which are the caller's during the call
     * @param length of the row
     */
    void row(byte[] bytes, int at, int length) throws IOException;
  }

  /**
   * @param memory bytes of rows that are held; more wait in temporary files
   */
  public RowSorter(RowLayout layout, int memory) {
    this.layout = layout;
    this.arena = new RowArena(memory);
  }

  /** Takes the selected rows of a batch. */
  public void add(RowBatch batch) throws IOException {
    int[] selected = batch.selected();
    for (int i = 0; i < batch.selectedRows(); i++) {
      layout.write(batch, selected[i], row);
      add(row.bytes(), 0, row.length());
    }
  }

  /**
   * Takes rows that a sorter of the same layout has given.
   *
   * @param length of all of them
   */
  public void addWritten(byte[] bytes, int length) throws IOException {
    int at = 0;
    while (at < length) {
      int one = RowLayout.length(bytes, at);
      add(bytes, at, one);
      at += one;
    }
  }

  private void add(byte[] bytes, int at, int length) throws IOException {
    if (!arena.hasRoom(length)) {
      makeRoom();
    }
    arena.add(bytes, at, length);
  }

  /**
   * If few rows are left when they are combined they stay; otherwise all of them wait in a file.
   */
  private void makeRoom() throws IOException {
    int before = arena.usedBytes();
    arena.sort(layout);
    if (layout.combines()) {
      arena.compact();
    }
    if (!layout.combines() || arena.usedBytes() > before / 2) {
      spilled.add(SpilledRows.of(arena));
      arena.clear();
    }
  }

  /** Gives all rows, after which there are none. */
  public void drain(Target target) throws IOException {
    arena.sort(layout);
    if (spilled.isEmpty()) {
      for (int i = 0; i < arena.count(); i++) {
        int at = arena.at(i);
        target.row(arena.bytes(), at, RowLayout.length(arena.bytes(), at));
      }
    } else {
      List<SpilledRows.Reader> open = new ArrayList<>();
      try {
        for (SpilledRows rows : spilled) {
          open.add(rows.read());
        }
        merge(open, target);
      } finally {
        for (SpilledRows.Reader reader : open) {
          reader.close();
        }
      }
    }
    clear();
  }

  /** A source of rows by its age: of equal keys the older comes first. */
  private record Source(OrderedRows rows, int age) {
    private static final Comparator<Source> ORDER =
        Comparator.<Source, OrderedRows>comparing(
                Source::rows, (a, b) -> RowLayout.compare(a.bytes(), a.at(), b.bytes(), b.at()))
            .thenComparingInt(Source::age);
  }

  private void merge(List<SpilledRows.Reader> open, Target target) throws IOException {
    PriorityQueue<Source> sources = new PriorityQueue<>(Source.ORDER);
    for (int i = 0; i < open.size(); i++) {
      addNext(new Source(open.get(i), i), sources);
    }
    addNext(new Source(new ArenaRows(arena), open.size()), sources);
    row.clear();
    while (!sources.isEmpty()) {
      Source source = sources.poll();
      byte[] bytes = source.rows.bytes();
      int at = source.rows.at();
      boolean same =
          layout.combines()
              && row.length() > 0
              && RowLayout.compare(row.bytes(), 0, bytes, at) == 0;
      if (same) {
        layout.combine(row.bytes(), 0, bytes, at);
      } else {
        give(target);
        row.put(bytes, at, RowLayout.length(bytes, at));
      }
      addNext(source, sources);
    }
    give(target);
  }

  private void give(Target target) throws IOException {
    if (row.length() > 0) {
      target.row(row.bytes(), 0, row.length());
    }
    row.clear();
  }

  private static void addNext(Source source, PriorityQueue<Source> sources) throws IOException {
    if (source.rows.next()) {
      sources.add(source);
    }
  }

  /** Forgets all rows. */
  public void clear() throws IOException {
    arena.clear();
    for (SpilledRows rows : spilled) {
      rows.close();
    }
    spilled.clear();
  }

  @Override
  public void close() throws IOException {
    clear();
  }

  /** Rows of an arena that are in order. */
  private static final class ArenaRows implements OrderedRows {
    private final RowArena arena;
    private int place = -1;

    ArenaRows(RowArena arena) {
      this.arena = arena;
    }

    @Override
    public boolean next() {
      place++;
      return place < arena.count();
    }

    @Override
    public byte[] bytes() {
      return arena.bytes();
    }

    @Override
    public int at() {
      return arena.at(place);
    }
  }
}
