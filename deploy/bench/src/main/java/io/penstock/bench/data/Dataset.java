package io.penstock.bench.data;

import java.util.List;
import java.util.Locale;

/**
 * Which events there are; the same parameters always give the same bytes.
 *
 * @param rows in all objects together
 * @param buckets of time that the events fall into
 * @param bucketMinutes width of one
 * @param window buckets that events are scattered over while time goes on from object to object; as
 *     many as {@code buckets} scatters the events of each object over all of them
 * @param columns at least {@link Columns#BASE}
 */
public record Dataset(
    Format format,
    long rows,
    int objects,
    int buckets,
    int bucketMinutes,
    int window,
    int columns,
    long seed) {
  /** 2026-03-01T00:00:00Z. */
  static final long BEGIN_MILLIS = 1_772_323_200_000L;

  public Dataset {
    if (rows < objects || objects < 1) {
      throw new IllegalArgumentException(
          "rows must be at least objects but were " + rows + " and " + objects);
    }
    if (window < 1 || window > buckets) {
      throw new IllegalArgumentException(
          "window must be from 1 to " + buckets + " buckets but was " + window);
    }
    if (columns < Columns.BASE) {
      throw new IllegalArgumentException(
          "columns must be at least " + Columns.BASE + " but were " + columns);
    }
  }

  /** Tells it from every other. */
  public String name() {
    return "%s-%dr-%do-%dx%dm-w%d-c%d-s%d"
        .formatted(
            format.name().toLowerCase(Locale.ROOT).replace('_', '.'),
            rows,
            objects,
            buckets,
            bucketMinutes,
            window,
            columns,
            seed);
  }

  public List<Column> schema() {
    return Columns.of(columns);
  }

  public String objectName(int object) {
    return "part-%07d%s".formatted(object, format.ending());
  }

  /** The row that an object begins with. */
  long firstRow(int object) {
    return rows * object / objects;
  }

  /** When an event happened, by its place in the whole and a number drawn from 0 to 1. */
  long millis(long row, double drawn) {
    long bucketMillis = bucketMinutes * 60_000L;
    double from = (double) row / rows * (buckets - window);
    return BEGIN_MILLIS + (long) ((from + drawn * window) * bucketMillis);
  }

  public Dataset withFormat(Format other) {
    return new Dataset(other, rows, objects, buckets, bucketMinutes, window, columns, seed);
  }
}
