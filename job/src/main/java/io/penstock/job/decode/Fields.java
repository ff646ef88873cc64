package io.penstock.job.decode;

import java.util.Arrays;

/** One record's values for the columns of a transform, not yet converted. Used again and again. */
final class Fields {
  private final FieldKind[] kinds;
  private final String[] texts;

  Fields(int columns) {
    kinds = new FieldKind[columns];
    texts = new String[columns];
  }

  void clear() {
    Arrays.fill(kinds, FieldKind.ABSENT);
  }

  void set(int column, FieldKind kind, String text) {
    kinds[column] = kind;
    texts[column] = text;
  }

  FieldKind kind(int column) {
    return kinds[column];
  }

  /** Undefined for {@link FieldKind#ABSENT}. */
  String text(int column) {
    return texts[column];
  }
}
