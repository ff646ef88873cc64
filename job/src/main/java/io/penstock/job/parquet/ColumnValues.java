package io.penstock.job.parquet;

/** The values of one column in the open page, and what its row group knows of values. */
sealed interface ColumnValues permits IntegerValues, DoubleValues, BooleanValues, TextValues {
  /**
   * Appends the first of {@code rows}.
   *
   * @param rows none of them null
   * @return how many were taken; if fewer than {@code count}, the page must be ended first. An
   *     empty page takes at least one, unless it was not ended after it had refused one.
   */
  int append(ColumnArrays arrays, int[] rows, int count);

  /**
   * Forgets the page's values.
   *
   * @param levels what is to come before them; may be appended to
   */
  PageBytes endPage(GrowingBytes levels);

  /** Entries of the dictionary that pages refer to; 0 if none does. */
  int dictionarySize();

  /** The dictionary's entries, if pages refer to it. */
  GrowingBytes dictionary();

  /** What would be written if the row group ended now, uncompressed. */
  long encodedBytes();

  /** Of the row group. */
  ValueRange range();

  /** Of the row groups that have ended. */
  ValueRange fileRange();

  /** Ends the row group; every buffer is given back. */
  void endRowGroup();
}
