package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.spec.ColumnSource;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.RecordFormat;
import java.util.ArrayList;
import java.util.List;

/**
 * Shows a rejected CSV record by columns, for people: fields that no column takes stand under their
 * index. The job's own reader decides what is rejected; this one never does. Pure.
 */
final class RejectedCsv {
  private final RecordFormat.Csv format;
  private final List<ColumnSpec> columns;

  RejectedCsv(RecordFormat.Csv format, List<ColumnSpec> columns) {
    this.format = format;
    this.columns = List.copyOf(columns);
  }

  /** A field that several columns take stands under each. */
  ObjectNode byColumn(String record) {
    List<String> fields = fields(record);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    boolean[] taken = new boolean[fields.size()];
    for (ColumnSpec column : columns) {
      if (column.source() instanceof ColumnSource.Position position
          && position.index() < fields.size()) {
        json.put(column.name(), fields.get(position.index()));
        taken[position.index()] = true;
      }
    }
    for (int i = 0; i < taken.length; i++) {
      if (!taken[i]) {
        json.put(Integer.toString(i), fields.get(i));
      }
    }
    return json;
  }

  private List<String> fields(String record) {
    List<String> fields = new ArrayList<>();
    int at = 0;
    while (at <= record.length()) {
      StringBuilder field = new StringBuilder();
      at = read(record, at, field) + 1;
      fields.add(field.toString());
    }
    return fields;
  }

  /** Returns where the field ends: at a delimiter, or behind the record. */
  private int read(String record, int from, StringBuilder field) {
    boolean quoted = from < record.length() && isQuote(record.charAt(from));
    int at = quoted ? from + 1 : from;
    while (at < record.length()) {
      char c = record.charAt(at);
      boolean more = at + 1 < record.length();
      if (more && format.separateEscape().filter(escape -> escape == c).isPresent()) {
        field.append(record.charAt(at + 1));
        at++;
      } else if (quoted && isQuote(c)) {
        if (more && isQuote(record.charAt(at + 1))) {
          field.append(c);
          at++;
        } else {
          // What follows a closing quote belongs to the field.
          quoted = false;
        }
      } else if (!quoted && c == format.delimiter()) {
        return at;
      } else {
        field.append(c);
      }
      at++;
    }
    return at;
  }

  private boolean isQuote(char c) {
    return format.quote().filter(quote -> quote == c).isPresent();
  }
}
