package io.penstock.job.decode;

import io.penstock.job.record.ColumnVector;
import io.penstock.job.record.RowBatch;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.RejectCode;
import io.penstock.spec.TimeLimits;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** Converts what arrays and maps are made of to JSON. One for each thread. */
final class ElementConverter {
  private final ColumnConverter converter;
  private final ColumnVector value;
  private final RowBatch batch;
  private final DateTimeFormatter timeFormat;

  /**
   * @param nullValues of the transform
   */
  ElementConverter(ColumnSpec element, List<String> nullValues) {
    this.converter = new ColumnConverter(element, nullValues);
    this.value = new ColumnVector(element.type());
    this.batch = new RowBatch(value);
    this.timeFormat =
        format(
            element
                .effectiveRules()
                .timeLimits()
                .map(TimeLimits::precision)
                .orElse(TimeLimits.Precision.MICROSECONDS));
  }

  private static DateTimeFormatter format(TimeLimits.Precision precision) {
    String fraction =
        switch (precision) {
          case SECONDS -> "";
          case MILLISECONDS -> ".SSS";
          case MICROSECONDS -> ".SSSSSS";
        };
    return DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss" + fraction + "'Z'", Locale.ROOT)
        .withZone(ZoneOffset.UTC);
  }

  /** As a JSON value. */
  String json(JsonValue element) throws Unconvertible {
    convert(element.kind(), element.text());
    return isNull() || !isText() ? text() : CompactJson.quoted(text());
  }

  /** As the name, in quotes, of a member of a JSON object. */
  String name(String name) throws Unconvertible {
    convert(FieldKind.STRING, name);
    if (isNull()) {
      throw new Unconvertible(
          RejectCode.TYPE_MISMATCH, "parsing \"" + Numbers.shown(name) + "\": a key is null");
    }
    return CompactJson.quoted(text());
  }

  private void convert(FieldKind kind, String text) throws Unconvertible {
    // Otherwise the vector keeps the text of all values that have been.
    batch.clear();
    converter.convert(kind, text, value, 0);
  }

  private boolean isNull() {
    return value.isNull(0);
  }

  /** Whether {@link #text} has to stand in quotes. */
  private boolean isText() {
    return switch (value.type()) {
      case STRING, TIMESTAMP -> true;
      case DOUBLE -> !Double.isFinite(value.doubleAt(0));
      case BOOLEAN, INT32, INT64, UINT64, JSON -> false;
    };
  }

  private String text() {
    if (isNull()) {
      return "null";
    }
    return switch (value.type()) {
      case STRING, JSON ->
          new String(value.text(), value.textStart(0), value.textLength(0), StandardCharsets.UTF_8);
      case BOOLEAN -> Boolean.toString(value.longAt(0) != 0);
      case INT32, INT64 -> Long.toString(value.longAt(0));
      case UINT64 -> Long.toUnsignedString(value.longAt(0));
      case DOUBLE -> Double.toString(value.doubleAt(0));
      case TIMESTAMP -> timeFormat.format(Instant.EPOCH.plus(value.longAt(0), ChronoUnit.MICROS));
    };
  }
}
