package io.penstock.bench.data;

import java.nio.file.Path;
import java.util.stream.Collectors;

/** A data set's files as a table function of DuckDB, with nothing left for it to find out. */
public final class SourceSql {
  private SourceSql() {}

  public static String of(Dataset dataset, Path folder) {
    String columns =
        dataset.schema().stream()
            .map(SourceSql::declaration)
            .collect(Collectors.joining(", ", "{", "}"));
    String files = folder + "/*" + dataset.format().ending();
    String compression =
        dataset.format().compression().isEmpty() ? "uncompressed" : dataset.format().compression();
    return dataset.format().csv()
        ? """
          read_csv('%s', columns = %s, auto_detect = false, header = false, delim = ',',
            quote = '"', escape = '"', nullstr = '\\N', new_line = '\\n', compression = '%s',
            timestampformat = '%%Y-%%m-%%dT%%H:%%M:%%S.%%gZ')"""
            .formatted(files, columns, compression)
        : "read_json('%s', columns = %s, format = 'newline_delimited', compression = '%s')"
            .formatted(files, columns, compression);
  }

  private static String declaration(Column column) {
    return "'" + column.name() + "': '" + column.kind().duckDbType() + "'";
  }
}
