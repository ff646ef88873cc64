package io.penstock.job.source;

import io.penstock.job.compress.Decompression;
import io.penstock.job.record.ReadEvent;
import io.penstock.job.record.TypedRows;
import io.penstock.job.typed.TypedObject;
import io.penstock.job.typed.TypedObjects;
import io.penstock.spec.JobSpec;
import io.penstock.spec.PlannedObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The batches of an object; never more stored bytes are accounted for than were planned. */
final class TypedEvents implements ObjectEvents {
  private final TypedObject object;
  private long unreported;

  TypedEvents(long planned, TypedObject object) {
    this.unreported = planned;
    this.object = object;
  }

  /**
   * An object that is read from front to back.
   *
   * @param stored the object's bytes; closed with this, and if this cannot be made
   */
  static TypedEvents ofStream(
      JobSpec spec, PlannedObject object, InputStream stored, TypedObjects typed)
      throws IOException {
    Decompression decompression =
        new Decompression(
            spec.transform().layers(),
            object.key(),
            0,
            spec.source().maxDecodedBytes(object.size()));
    CountedStream counted = new CountedStream(stored);
    InputStream decoded;
    try {
      decoded = decompression.open(counted);
    } catch (IOException | RuntimeException e) {
      counted.close();
      throw e;
    }
    return new TypedEvents(object.storedBytes(), typed.open(decoded, counted::sinceLastAsked));
  }

  @Override
  public Optional<ReadEvent> next() throws IOException {
    Optional<TypedRows> rows = object.next();
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    TypedRows read = rows.get();
    long stored = Math.min(read.storedBytes(), unreported);
    unreported -= stored;
    return Optional.of(
        new TypedRows(
            read.rows(),
            read.firstRow(),
            read.byteOffset(),
            stored,
            read.decodedBytes(),
            read.batches()));
  }

  @Override
  public long unreported() {
    return unreported;
  }

  @Override
  public void close() throws IOException {
    object.close();
  }
}
