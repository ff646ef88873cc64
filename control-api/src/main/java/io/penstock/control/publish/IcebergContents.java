package io.penstock.control.publish;

import io.penstock.control.catalog.Partition;
import io.penstock.control.catalog.SnapshotLedger.Figures;
import io.penstock.control.catalog.TableContents;
import io.penstock.control.job.TableRef;
import io.penstock.spec.ColumnType;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** What Iceberg's metadata says of the tables. No data file is opened. Thread-safe. */
public final class IcebergContents implements TableContents {
  private static final String REMOVAL = "penstock.removal";
  private static final int MAX_COMMITS = 20;

  /** Job, task, bucket, shard and number, see the job's partition names. */
  private static final Pattern NAME =
      Pattern.compile(
          "([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-(\\d{1,9})-(?:-?\\d+-([0-9a-f]{16})-\\d+|.*)\\.parquet");

  private final IcebergTables tables;
  private final String root;

  public IcebergContents(IcebergTables tables, StorageAccess access) {
    this.tables = tables;
    this.root = "s3://" + access.bucket() + "/" + access.tablesPrefix();
  }

  @Override
  public List<Partition> partitions(TableRef ref) {
    return tables.load(ref).map(table -> files(table, ref)).orElse(Map.of()).values().stream()
        .toList();
  }

  @Override
  public Map<String, ColumnType> columns(TableRef ref) {
    return tables.types(ref);
  }

  @Override
  public int remove(TableRef ref, Predicate<Partition> which) {
    Optional<Table> table = tables.load(ref);
    return table.isEmpty() ? 0 : remove(table.get(), ref, which);
  }

  private int remove(Table table, TableRef ref, Predicate<Partition> which) {
    String removal = UUID.randomUUID().toString();
    int removed = 0;
    for (int i = 0; ; i++) {
      if (committed(table, removal)) {
        return removed;
      }
      DeleteFiles delete = table.newDelete().validateFilesExist();
      removed = 0;
      for (Map.Entry<DataFile, Partition> file : files(table, ref).entrySet()) {
        if (which.test(file.getValue())) {
          delete.deleteFile(file.getKey());
          removed++;
        }
      }
      if (removed == 0) {
        return 0;
      }
      try {
        delete.set(REMOVAL, removal).commit();
        return removed;
      } catch (CommitFailedException | CommitStateUnknownException | ValidationException e) {
        // Somebody else was faster, or nobody knows: the history tells.
        if (i >= MAX_COMMITS) {
          throw e;
        }
        table.refresh();
      }
    }
  }

  private static boolean committed(Table table, String removal) {
    for (Snapshot snapshot : table.snapshots()) {
      if (removal.equals(snapshot.summary().get(REMOVAL))) {
        return true;
      }
    }
    return false;
  }

  private Map<DataFile, Partition> files(Table table, TableRef ref) {
    // The table was loaded before: what it does not have any more is in the ledger by now.
    Map<Long, Figures> figures = new HashMap<>(tables.ledger().figures(ref.tableId()));
    table
        .snapshots()
        .forEach(one -> figures.put(one.sequenceNumber(), SnapshotSummary.figures(one)));
    Map<DataFile, Partition> files = new LinkedHashMap<>();
    for (DataFile file : TableFiles.of(table)) {
      Figures added = figures.get(file.dataSequenceNumber());
      files.put(file, partition(table, file, Optional.ofNullable(added)));
    }
    return files;
  }

  private Partition partition(Table table, DataFile file, Optional<Figures> added) {
    String location = file.location();
    Matcher name = NAME.matcher(location.substring(location.lastIndexOf('/') + 1));
    return new Partition(
        location.startsWith(root) ? location.substring(root.length()) : location,
        name.matches()
            ? Optional.of(
                new Partition.Origin(
                    UUID.fromString(name.group(1)), Integer.parseInt(name.group(2))))
            : Optional.empty(),
        file.recordCount(),
        file.fileSizeInBytes(),
        file.columnSizes() == null
            ? 0
            : file.columnSizes().values().stream().mapToLong(Long::longValue).sum(),
        added.map(figures -> rawBytes(figures, file.recordCount())).orElse(0L),
        added.map(Figures::committedAt).orElse(Instant.EPOCH),
        name.matches() ? Optional.ofNullable(name.group(3)) : Optional.empty(),
        times(table, file));
  }

  /** By rows: what a snapshot's tasks read is known as a whole. */
  private static long rawBytes(Figures all, long rows) {
    return all.rows() == 0 ? 0 : Math.round((double) all.rawBytes() * rows / all.rows());
  }

  private static Map<String, Partition.Range> times(Table table, DataFile file) {
    Map<String, Partition.Range> times = new HashMap<>();
    for (Types.NestedField field : table.schema().columns()) {
      if (field.type().typeId() == Type.TypeID.TIMESTAMP) {
        Optional<Instant> min = bound(field, file.lowerBounds());
        Optional<Instant> max = bound(field, file.upperBounds());
        if (min.isPresent() && max.isPresent()) {
          times.put(field.name(), new Partition.Range(min.get(), max.get()));
        }
      }
    }
    return times;
  }

  private static Optional<Instant> bound(Types.NestedField field, Map<Integer, ByteBuffer> bounds) {
    ByteBuffer bytes = bounds == null ? null : bounds.get(field.fieldId());
    if (bytes == null) {
      return Optional.empty();
    }
    Long micros = Conversions.fromByteBuffer(field.type(), bytes);
    return Optional.of(Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
  }

  @Override
  public int reap(TableRef ref, Instant before) {
    return tables
        .load(ref)
        .map(table -> new SnapshotExpiry(table, ref.tableId(), tables.ledger()).expire(before))
        .orElse(0);
  }

  @Override
  public void rename(TableRef before, TableRef after) {
    tables.rename(before, after);
  }

  @Override
  public void drop(TableRef table) {
    tables.drop(table);
  }
}
