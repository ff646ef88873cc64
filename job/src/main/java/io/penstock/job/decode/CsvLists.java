package io.penstock.job.decode;

import io.penstock.job.record.ByteSearch;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnType;
import java.util.List;
import java.util.regex.Pattern;

/** Fields that are lists, because there is a delimiter of elements in them. */
final class CsvLists {
  private final String delimiter;
  private final long pattern;
  private final List<ColumnSpec> columns;
  private final boolean hasJson;
  private byte[] searched = {};
  private int searchedFrom;
  private int searchedTo;
  private int next;

  CsvLists(char delimiter, List<ColumnSpec> columns) {
    this.delimiter = String.valueOf(delimiter);
    this.pattern = ByteSearch.repeated(delimiter);
    this.columns = columns;
    this.hasJson = columns.stream().anyMatch(column -> column.type() == ColumnType.JSON);
  }

  /**
   * Whether no field of a record is a list, or is to be one. Records of a chunk are asked for in
   * their order, so that the chunk is searched once.
   *
   * @param to behind the chunk
   */
  boolean isPlain(byte[] bytes, int from, int end, int to) {
    if (hasJson) {
      return false;
    }
    boolean known = bytes == searched && to == searchedTo && from > searchedFrom && from <= next;
    if (!known) {
      next = ByteSearch.first(bytes, from, to, pattern);
      searched = bytes;
      searchedTo = to;
    }
    searchedFrom = from;
    return next >= end;
  }

  /** A list is JSON; in a column of JSON what is none is a string. */
  void put(String value, int column, Fields fields) {
    if (value.contains(delimiter)) {
      StringBuilder json = new StringBuilder("[");
      for (String element : value.split(Pattern.quote(delimiter), -1)) {
        json.append(json.length() > 1 ? "," : "").append(CompactJson.quoted(element));
      }
      fields.set(column, FieldKind.NESTED, json.append(']').toString());
    } else {
      boolean isJson = columns.get(column).type() == ColumnType.JSON;
      fields.set(column, isJson ? FieldKind.STRING : FieldKind.TEXT, value);
    }
  }
}
