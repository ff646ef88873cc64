package io.penstock.job.expression;

import io.penstock.spec.expression.IsoTime;
import java.time.ZoneId;
import java.util.OptionalLong;

/** Functions of times. */
final class Times {
  private Times() {}

  /** Text to time, by ISO 8601. */
  static RowFunction parse(String zone) {
    IsoTime iso = new IsoTime(ZoneId.of(zone).normalized());
    return (a, row, result, losses) -> {
      String text = Values.text(a[0], row);
      OptionalLong micros = iso.micros(text);
      if (micros.isPresent()) {
        result.setLong(row, micros.getAsLong());
      } else {
        Conversions.lost(row, text, "TIMESTAMP", losses);
      }
    };
  }
}
