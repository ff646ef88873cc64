package io.penstock.job.typed.avro;

import io.penstock.job.compress.UnreadableException;
import io.penstock.job.record.RowBatch;
import io.penstock.job.record.SpareBatches;
import io.penstock.job.record.TypedRows;
import io.penstock.job.s3.ObjectStoreException;
import io.penstock.job.typed.BoxedValue;
import io.penstock.job.typed.ColumnTarget;
import io.penstock.job.typed.TypedObject;
import io.penstock.job.typed.WantedColumn;
import io.penstock.spec.RecordFormat;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;

/**
 * The records of an Avro object container file, from front to back. Fields that nobody wants are
 * skipped over.
 */
public final class AvroRows implements TypedObject {
  private static final int MAX_BATCH_BYTES = 8 * 1024 * 1024;

  static {
    CodecFactory.addCodec(SnappyBlocks.NAME, new SnappyBlocks.Factory());
  }

  private final ContainerStream in;
  private final LongSupplier stored;
  private final RecordFormat.Avro format;
  private final List<WantedColumn> wanted;
  private final SpareBatches batches;
  private final AvroValues values;
  private final List<Destination> destinations = new ArrayList<>();
  private DataFileStream<GenericRecord> records;
  private GenericRecord record;
  private long rowsBefore;
  private long bytesBefore;

  /** Where the value of a record's field goes. */
  private record Destination(int field, Schema schema, ColumnTarget target) {}

  /**
   * @param in the file's bytes; closed with this
   * @param stored how many stored bytes have been consumed since it was last asked
   */
  public AvroRows(
      InputStream in,
      LongSupplier stored,
      RecordFormat.Avro format,
      List<WantedColumn> wanted,
      SpareBatches batches) {
    this.in = new ContainerStream(in);
    this.stored = stored;
    this.format = format;
    this.wanted = wanted;
    this.batches = batches;
    this.values = new AvroValues(format);
  }

  @Override
  public Optional<TypedRows> next() throws IOException {
    try {
      if (records == null) {
        open();
      }
      return batch();
    } catch (UnreadableException | ObjectStoreException e) {
      throw e;
    } catch (AvroRuntimeException e) {
      if (e.getCause() instanceof UnreadableException || in.failure() != null) {
        throw in.failure() == null ? (IOException) e.getCause() : in.failure();
      }
      throw new UnreadableException("it cannot be decoded: " + reason(e), e);
    } catch (IOException | RuntimeException e) {
      if (in.failure() != null) {
        throw in.failure();
      }
      throw new UnreadableException("it cannot be decoded: " + e.getMessage(), e);
    } catch (LinkageError e) {
      throw new UnreadableException("its codec is not supported: " + codec(), e);
    }
  }

  private static String reason(AvroRuntimeException e) {
    return e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
  }

  private String codec() {
    return records == null ? "unknown" : String.valueOf(records.getMetaString("avro.codec"));
  }

  private void open() throws IOException {
    GenericDatumReader<GenericRecord> reader = new GenericDatumReader<>();
    records = new DataFileStream<>(in, reader);
    in.opened();
    Schema file = reader.getSchema();
    Schema whole = format.schema().map(json -> new Schema.Parser().parse(json)).orElse(file);
    if (whole.getType() != Schema.Type.RECORD || file.getType() != Schema.Type.RECORD) {
      throw new UnreadableException("its values are no records", null);
    }
    Schema projected = projected(whole);
    reader.setExpected(projected);
    for (WantedColumn column : wanted) {
      Schema.Field field = projected.getField(column.field());
      if (field != null) {
        destinations.add(new Destination(field.pos(), field.schema(), column.target()));
      }
    }
  }

  /** The record with the fields that are wanted. */
  private Schema projected(Schema whole) {
    List<Schema.Field> fields = new ArrayList<>();
    for (Schema.Field field : whole.getFields()) {
      if (wanted.stream().anyMatch(column -> column.field().equals(field.name()))) {
        fields.add(new Schema.Field(field, field.schema()));
      }
    }
    Schema projected =
        Schema.createRecord(whole.getName(), null, whole.getNamespace(), whole.isError(), fields);
    whole.getAliases().forEach(projected::addAlias);
    return projected;
  }

  private Optional<TypedRows> batch() throws IOException {
    if (!records.hasNext()) {
      in.checkEnd();
      return Optional.empty();
    }
    RowBatch batch = batches.take();
    wanted.forEach(column -> column.target().begin(batch));
    long textBytes = 0;
    int row = 0;
    while (row < RowBatch.CAPACITY && textBytes < MAX_BATCH_BYTES && records.hasNext()) {
      record = records.next(record);
      for (Destination one : destinations) {
        BoxedValue.put(values.box(one.schema(), record.get(one.field())), one.target(), row);
        textBytes += one.target().textBytes(row);
      }
      batch.endRow();
      row++;
    }
    long firstRow = rowsBefore + 1;
    rowsBefore += row;
    long decoded = in.count() - bytesBefore;
    bytesBefore = in.count();
    return Optional.of(new TypedRows(batch, firstRow, 0, stored.getAsLong(), decoded, batches));
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
