package io.penstock.job.scan;

import java.util.List;
import java.util.Optional;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Statistics;

/** What the statistics of a row group say of its times. */
final class RowGroupTimes {
  private RowGroupTimes() {}

  /** Whether no row of the group can be of these times; without statistics any can. */
  static boolean excluded(
      RowGroup group, List<Optional<FileColumn>> columns, ScanColumns.Times times) {
    Optional<FileColumn> column = columns.get(times.column());
    if (column.isEmpty()) {
      return true;
    }
    Statistics statistics =
        group.getColumns().get(column.get().leaf()).getMeta_data().getStatistics();
    FileColumn.Stored stored = column.get().stored();
    if (statistics == null
        || stored == FileColumn.Stored.INT96
        || !isLong(statistics.getMin_value())
        || !isLong(statistics.getMax_value())) {
      return false;
    }
    long min = LittleEndian.longAt(statistics.getMin_value(), 0);
    long max = LittleEndian.longAt(statistics.getMax_value(), 0);
    return PlainValues.micros(stored, max) < times.from()
        || PlainValues.micros(stored, min) >= times.to();
  }

  private static boolean isLong(byte[] value) {
    return value != null && value.length == Long.BYTES;
  }
}
