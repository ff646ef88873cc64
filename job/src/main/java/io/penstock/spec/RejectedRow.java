package io.penstock.spec;

import java.util.Optional;

/**
 * An input row that could not be loaded.
 *
 * @param object full URL
 * @param line of the record's first byte in the decompressed object, from 1
 * @param byteOffset of the record's first byte in the decompressed object, from 0
 * @param column whose value was at fault; absent when the record as a whole was
 * @param reason a full sentence for a person
 * @param row the record's original text, without its line end, cut at {@link #MAX_ROW_BYTES}
 * @param rowBase64 the original bytes instead, where they are not UTF-8
 */
public record RejectedRow(
    String object,
    long line,
    long byteOffset,
    Optional<String> column,
    RejectCode code,
    String reason,
    Optional<String> row,
    Optional<String> rowBase64) {
  /** Enough to see and to replay what people write by hand; bounds a task's memory. */
  public static final int MAX_ROW_BYTES = 64 * 1024;
}
