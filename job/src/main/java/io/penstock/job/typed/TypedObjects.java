package io.penstock.job.typed;

import io.penstock.job.record.SpareBatches;
import io.penstock.job.scan.ObjectBytes;
import io.penstock.job.typed.avro.AvroRows;
import io.penstock.job.typed.parquet.ParquetRows;
import io.penstock.spec.PlannedObject;
import io.penstock.spec.RecordFormat;
import io.penstock.spec.TransformSpec;
import java.io.InputStream;
import java.util.function.LongSupplier;

/** Opens the objects of a job whose format has typed values. Thread-safe. */
public final class TypedObjects {
  private final TransformSpec transform;
  private final SpareBatches batches;

  public TypedObjects(TransformSpec transform) {
    this.transform = transform;
    this.batches = new SpareBatches(transform.convertedColumns());
  }

  /**
   * Opens an object that is read by ranges; nothing is read yet.
   *
   * @param object of the same key: which part to read
   */
  public TypedObject open(ObjectBytes bytes, PlannedObject object) {
    if (transform.format() instanceof RecordFormat.Parquet parquet) {
      return new ParquetRows(bytes, object, parquet, WantedColumn.of(transform), batches);
    }
    throw new IllegalArgumentException("not read by ranges: " + transform.format());
  }

  /**
   * Opens an object that is read from front to back; nothing is read yet.
   *
   * @param bytes decompressed; closed with what is opened
   * @param stored how many stored bytes have been consumed since it was last asked
   */
  public TypedObject open(InputStream bytes, LongSupplier stored) {
    if (transform.format() instanceof RecordFormat.Avro avro) {
      return new AvroRows(bytes, stored, avro, WantedColumn.of(transform), batches);
    }
    throw new IllegalArgumentException("not read from front to back: " + transform.format());
  }
}
