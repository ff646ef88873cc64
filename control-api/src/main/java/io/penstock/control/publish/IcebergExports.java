package io.penstock.control.publish;

import io.penstock.control.export.ExportTables;
import io.penstock.control.job.TableRef;
import io.penstock.spec.export.ExportPlan;
import io.penstock.spec.export.TableColumn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** Plans exports by what Iceberg's metadata says of the files. Thread-safe. */
public final class IcebergExports implements ExportTables {
  private static final Planned NOTHING =
      new Planned(
          new ExportPlan(ExportPlan.VERSION, OptionalLong.empty(), List.of()), OptionalLong.of(0));

  private final IcebergTables tables;
  private final String root;

  public IcebergExports(IcebergTables tables, StorageAccess access) {
    this.tables = tables;
    this.root = "s3://" + access.bucket() + "/";
  }

  @Override
  public List<TableColumn> columns(TableRef ref) {
    List<TableColumn> columns = new ArrayList<>();
    for (Types.NestedField field :
        tables.load(ref).map(table -> table.schema().columns()).orElse(List.of())) {
      IcebergSchemas.columnType(field.type())
          .ifPresent(type -> columns.add(new TableColumn(field.name(), field.fieldId(), type)));
    }
    return columns;
  }

  @Override
  public Planned plan(TableRef ref, String timeColumn, Optional<Instant> start, Instant end) {
    return tables
        .load(ref)
        .map(
            table -> {
              Expression within = within(table, timeColumn, start, end);
              int field = table.schema().findField(timeColumn).fieldId();
              return plan(table, within, file -> isWithin(file, field, start, end));
            })
        .orElse(NOTHING);
  }

  @Override
  public Planned planAll(TableRef ref) {
    return tables
        .load(ref)
        .map(table -> plan(table, Expressions.alwaysTrue(), file -> true))
        .orElse(NOTHING);
  }

  /** Whether the metadata says that all rows of a file are of the interval. */
  private static boolean isWithin(DataFile file, int field, Optional<Instant> start, Instant end) {
    Map<Integer, ByteBuffer> lower = file.lowerBounds();
    Map<Integer, ByteBuffer> upper = file.upperBounds();
    Map<Integer, Long> nulls = file.nullValueCounts();
    if (lower == null
        || upper == null
        || nulls == null
        || lower.get(field) == null
        || upper.get(field) == null
        || !Long.valueOf(0).equals(nulls.get(field))) {
      return false;
    }
    return start.filter(from -> micros(lower.get(field)) < ceilMicros(from)).isEmpty()
        && micros(upper.get(field)) < ceilMicros(end);
  }

  private static long micros(ByteBuffer bound) {
    return Conversions.<Long>fromByteBuffer(Types.TimestampType.withZone(), bound);
  }

  private static Expression within(
      Table table, String column, Optional<Instant> start, Instant end) {
    Types.NestedField field = table.schema().findField(column);
    if (field == null || field.type().typeId() != Type.TypeID.TIMESTAMP) {
      throw new IllegalStateException(
          "Table %s has no timestamp column %s.".formatted(table.name(), column));
    }
    Expression before = Expressions.lessThan(column, ceilMicros(end));
    return start.isEmpty()
        ? before
        : Expressions.and(before, Expressions.greaterThanOrEqual(column, ceilMicros(start.get())));
  }

  /** A bound between two microseconds is as good as the second one. */
  private static long ceilMicros(Instant instant) {
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).isBefore(instant) ? micros + 1 : micros;
  }

  private Planned plan(Table table, Expression filter, Predicate<DataFile> whole) {
    Snapshot snapshot = table.currentSnapshot();
    if (snapshot == null) {
      return NOTHING;
    }
    boolean known = true;
    List<DataFile> found = new ArrayList<>();
    try (CloseableIterable<FileScanTask> scan =
        table
            .newScan()
            .useSnapshot(snapshot.snapshotId())
            .filter(filter)
            .includeColumnStats()
            .planFiles()) {
      for (FileScanTask task : scan) {
        if (!task.deletes().isEmpty() || task.file().format() != FileFormat.PARQUET) {
          throw new IllegalStateException(
              "File %s of table %s has rows that are deleted, or is not Parquet: it cannot be exported."
                  .formatted(task.file().location(), table.name()));
        }
        known &= whole.test(task.file());
        found.add(task.file().copyWithoutStats());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close the scan of " + table.name(), e);
    }
    // Planning is parallel; what it finds comes in no order.
    found.sort(
        Comparator.comparing(DataFile::dataSequenceNumber).thenComparing(DataFile::location));
    ExportPlan plan =
        new ExportPlan(
            ExportPlan.VERSION,
            OptionalLong.of(snapshot.snapshotId()),
            found.stream().map(this::file).toList());
    return new Planned(plan, known ? OptionalLong.of(plan.rowsInFiles()) : OptionalLong.empty());
  }

  private ExportPlan.TableFile file(DataFile file) {
    if (!file.location().startsWith(root)) {
      throw new IllegalStateException(
          "File %s is not in the storage's bucket and cannot be exported."
              .formatted(file.location()));
    }
    return new ExportPlan.TableFile(
        file.location().substring(root.length()), file.recordCount(), file.fileSizeInBytes());
  }
}
