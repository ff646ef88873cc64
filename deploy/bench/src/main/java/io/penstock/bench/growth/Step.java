package io.penstock.bench.growth;

import io.penstock.bench.data.Columns;
import io.penstock.bench.data.Dataset;
import io.penstock.bench.data.Format;
import java.util.List;

/** What is made larger, while all else stays. */
public enum Step {
  ROWS("rows") {
    @Override
    List<Dataset> datasets(double scale) {
      return List.of(
          rows(scale * 500_000, 10),
          rows(scale * 1_000_000, 20),
          rows(scale * 2_000_000, 40),
          rows(scale * 4_000_000, 80));
    }
  },
  OBJECTS("objects of 100 rows, after large ones") {
    @Override
    List<Dataset> datasets(double scale) {
      return List.of(
          rows(scale * 2_000_000, 20), small(scale * 10_000, 100), small(scale * 100_000, 100));
    }
  },
  TINY("tiny objects of 10 rows") {
    @Override
    List<Dataset> datasets(double scale) {
      return List.of(
          small(scale * 1_000, 10), small(scale * 10_000, 10), small(scale * 100_000, 10));
    }
  },
  BUCKETS("time buckets") {
    @Override
    List<Dataset> datasets(double scale) {
      long rows = (long) (scale * 1_000_000);
      return List.of(
          new Dataset(Format.NDJSON_GZ, rows, 20, 24, 1, 24, Columns.BASE, SEED),
          new Dataset(Format.NDJSON_GZ, rows, 20, 577, 1, 577, Columns.BASE, SEED),
          new Dataset(Format.NDJSON_GZ, rows, 20, 10_000, 1, 576, Columns.BASE, SEED));
    }
  },
  COLUMNS("columns") {
    @Override
    List<Dataset> datasets(double scale) {
      long rows = (long) (scale * 400_000);
      return List.of(
          new Dataset(Format.NDJSON_GZ, rows, 20, 24, 60, 24, Columns.BASE, SEED),
          new Dataset(Format.NDJSON_GZ, rows, 20, 24, 60, 24, 200, SEED));
    }
  },
  GZIP("bytes of one gzip") {
    @Override
    List<Dataset> datasets(double scale) {
      return List.of(
          rows(scale * 800_000, 1), rows(scale * 3_200_000, 1), rows(scale * 6_400_000, 1));
    }
  },
  LISTING("listed keys, one of 10,000 loaded") {
    @Override
    List<Dataset> datasets(double scale) {
      return List.of();
    }
  };

  private static final long SEED = 1;

  private final String title;

  Step(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /**
   * From small to large; none where objects are synthetic.
   *
   * @param scale of all sizes
   */
  abstract List<Dataset> datasets(double scale);

  private static Dataset rows(double rows, int objects) {
    return new Dataset(Format.NDJSON_GZ, (long) rows, objects, 24, 60, 24, Columns.BASE, SEED);
  }

  private static Dataset small(double objects, int rowsEach) {
    long rows = Math.round(objects * rowsEach);
    return new Dataset(Format.NDJSON_GZ, rows, (int) objects, 24, 60, 24, Columns.BASE, SEED);
  }
}
