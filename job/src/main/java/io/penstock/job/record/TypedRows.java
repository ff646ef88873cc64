package io.penstock.job.record;

import java.io.IOException;

/**
 * Rows of an object whose values have types of their own. They have been read and converted, and
 * nothing of them is computed or filtered. Owned by whoever holds it until {@link #release}.
 *
 * @param rows has the transform's converted columns, of which only those that are inputs have
 *     values
 * @param firstRow the first one's place in the object, from 1
 * @param byteOffset of the row group, stripe or block that they are in
 * @param storedBytes of the object that were consumed since the rows before
 * @param decodedBytes about how many bytes the rows are
 * @param batches where the batch came from
 */
public record TypedRows(
    RowBatch rows,
    long firstRow,
    long byteOffset,
    long storedBytes,
    long decodedBytes,
    SpareBatches batches)
    implements ReadEvent {
  /** Gives the rows up: nobody may look at them any more. */
  public void release() {
    batches.give(rows);
  }

  @Override
  public void deliverTo(Receiver receiver) throws IOException {
    receiver.typedRows(this);
  }
}
