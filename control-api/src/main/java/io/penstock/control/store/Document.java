package io.penstock.control.store;

import io.penstock.spec.SpecJson;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A record as the JSON of its row's {@code body}. */
final class Document {
  private Document() {}

  static String json(Object value) {
    return new String(SpecJson.write(value), StandardCharsets.UTF_8);
  }

  static <T> T read(ResultSet row, Class<T> type) throws SQLException {
    return SpecJson.read(row.getString("body").getBytes(StandardCharsets.UTF_8), type);
  }
}
