package io.penstock.job.scan;

import io.penstock.job.compress.UnreadableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.RowGroup;

/** Fetches the bytes of some columns of a row group; neighbours come together. */
public final class RowGroupBytes {
  /** So many bytes that nobody asked for cost less than another request. */
  private static final int MAX_GAP = 256 * 1024;

  private static final int MAX_TOGETHER = 256 * 1024 * 1024;

  private RowGroupBytes() {}

  /** A part of an array. */
  public record Slice(byte[] bytes, int from, int to) {}

  /** Bytes of a file. */
  public record Range(int leaf, long from, long to) {}

  /** All that these columns have. */
  public static long size(RowGroup group, Collection<Integer> leaves) {
    return leaves.stream()
        .mapToLong(leaf -> group.getColumns().get(leaf).getMeta_data().getTotal_compressed_size())
        .sum();
  }

  /**
   * @param leaves places of the columns among those of the row group
   * @return by these places
   */
  public static Map<Integer, Slice> fetch(
      ObjectBytes file, RowGroup group, Collection<Integer> leaves) throws IOException {
    List<Range> ranges = new ArrayList<>();
    for (int leaf : leaves) {
      ranges.add(range(leaf, group.getColumns().get(leaf).getMeta_data(), file));
    }
    ranges.sort(Comparator.comparingLong(Range::from));
    Map<Integer, Slice> slices = new HashMap<>();
    int next = 0;
    while (next < ranges.size()) {
      int first = next++;
      long from = ranges.get(first).from();
      long to = ranges.get(first).to();
      while (next < ranges.size() && together(from, to, ranges.get(next))) {
        to = ranges.get(next++).to();
      }
      byte[] bytes = file.read(from, (int) (to - from));
      for (Range one : ranges.subList(first, next)) {
        int begin = (int) (one.from() - from);
        slices.put(one.leaf(), new Slice(bytes, begin, (int) (one.to() - from)));
      }
    }
    return slices;
  }

  private static boolean together(long from, long to, Range next) {
    return next.from() >= to && next.from() - to <= MAX_GAP && next.to() - from <= MAX_TOGETHER;
  }

  /**
   * Where the bytes of a column are.
   *
   * @param leaf its place among those of the row group
   */
  public static Range range(int leaf, ColumnMetaData column, ObjectBytes file)
      throws UnreadableException {
    long from = column.getData_page_offset();
    if (column.isSetDictionary_page_offset() && column.getDictionary_page_offset() > 0) {
      from = Math.min(from, column.getDictionary_page_offset());
    }
    long to = from + column.getTotal_compressed_size();
    if (from < 0 || to <= from || to > file.size() || to - from > Integer.MAX_VALUE - 8) {
      throw new UnreadableException("the footer names bytes that the file does not have", null);
    }
    return new Range(leaf, from, to);
  }
}
