package io.penstock.control.publish;

import io.penstock.control.job.LoadRules;
import io.penstock.control.job.TablePublisher;
import io.penstock.control.job.TableRef;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.PartitionFile;
import io.penstock.spec.TaskRecord;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/**
 * Tables in Iceberg's JDBC catalog, called {@code project.table}. A snapshot names the job and the
 * tasks it adds; before adding, the history is searched for them, and Iceberg's own retry, which
 * would not search again, is switched off. Thread-safe.
 */
public final class IcebergTables implements TablePublisher, AutoCloseable {
  static final String JOB = "penstock.job";
  static final String TASKS = "penstock.tasks";
  static final String ROWS = "penstock.rows";
  static final String RAW_BYTES = "penstock.raw-bytes";
  private static final int MAX_COMMITS = 20;

  private final StorageAccess access;
  private final JdbcCatalog catalog = new JdbcCatalog();

  /**
   * @param jdbcUrl of the PostgreSQL database that holds the catalog
   */
  public IcebergTables(String jdbcUrl, String user, String password, StorageAccess access) {
    this.access = access;
    Map<String, String> properties = new HashMap<>();
    properties.put(CatalogProperties.URI, jdbcUrl);
    properties.put("jdbc.user", user);
    properties.put("jdbc.password", password);
    properties.put("jdbc.schema-version", "V1");
    properties.put(
        CatalogProperties.WAREHOUSE_LOCATION,
        "s3://" + access.bucket() + "/" + access.tablesPrefix());
    properties.put(CatalogProperties.FILE_IO_IMPL, "org.apache.iceberg.aws.s3.S3FileIO");
    properties.put("http-client.type", "urlconnection");
    properties.put("client.region", access.region());
    access.endpoint().ifPresent(e -> properties.put("s3.endpoint", e.toString()));
    properties.put("s3.path-style-access", Boolean.toString(access.pathStyle()));
    properties.put("s3.access-key-id", access.accessKeyId());
    properties.put("s3.secret-access-key", access.secretAccessKey());
    catalog.initialize("penstock", properties);
  }

  @Override
  public String dataPrefix(TableRef table) {
    return TableLocation.dataPrefix(access, table);
  }

  @Override
  public Map<String, Integer> prepare(TableRef ref, List<ColumnSpec> columns) {
    for (int i = 0; ; i++) {
      try {
        return fieldIds(prepared(ref, columns), columns);
      } catch (AlreadyExistsException | CommitFailedException e) {
        if (i >= MAX_COMMITS) {
          throw e;
        }
      }
    }
  }

  private Table prepared(TableRef ref, List<ColumnSpec> columns) {
    Optional<Table> existing = load(ref);
    if (existing.isEmpty()) {
      Namespace namespace = Namespace.of(ref.projectName());
      if (!catalog.namespaceExists(namespace)) {
        catalog.createNamespace(namespace, Map.of());
      }
      return catalog
          .buildTable(identifier(ref), IcebergSchemas.of(columns))
          .withPartitionSpec(PartitionSpec.unpartitioned())
          .withLocation("s3://" + access.bucket() + "/" + TableLocation.prefix(access, ref))
          .withProperty(TableProperties.FORMAT_VERSION, "2")
          .withProperty(TableProperties.COMMIT_NUM_RETRIES, "0")
          .create();
    }
    Table table = existing.get();
    UpdateSchema update = table.updateSchema();
    boolean changed = false;
    for (ColumnSpec column : columns) {
      Types.NestedField field = table.schema().findField(column.name());
      Type wanted = IcebergSchemas.type(column.type());
      if (field == null) {
        update.addColumn(column.name(), wanted);
        changed = true;
      } else if (!field.type().equals(wanted)) {
        throw new IllegalStateException(
            "Column %s of table %s is of type %s and cannot take values of type %s."
                .formatted(column.name(), ref.qualifiedName(), field.type(), wanted));
      }
    }
    if (changed) {
      update.commit();
      table.refresh();
    }
    return table;
  }

  private static Map<String, Integer> fieldIds(Table table, List<ColumnSpec> columns) {
    Map<String, Integer> ids = new LinkedHashMap<>();
    for (ColumnSpec column : columns) {
      ids.put(column.name(), table.schema().findField(column.name()).fieldId());
    }
    return ids;
  }

  @Override
  public long publish(TableRef ref, UUID jobId, List<TaskRecord> tasks) {
    return published(ref, table -> publishOnce(table, jobId, tasks));
  }

  @Override
  public long replace(
      TableRef ref,
      UUID jobId,
      List<TaskRecord> tasks,
      String timeColumn,
      LoadRules.Replacement replacement) {
    TableReplacement one =
        new TableReplacement(access.bucket(), jobId, tasks, timeColumn, replacement);
    return published(ref, one::once);
  }

  /** One try at a commit on a table that has just been refreshed, after a look at the history. */
  @FunctionalInterface
  private interface Publishing {
    /** Returns the job's rows in the table. */
    long once(Table table);
  }

  private long published(TableRef ref, Publishing publishing) {
    Table table =
        load(ref)
            .orElseThrow(
                () -> new IllegalStateException("Table " + ref.qualifiedName() + " is gone."));
    for (int i = 0; ; i++) {
      table.refresh();
      try {
        return publishing.once(table);
      } catch (CommitFailedException | CommitStateUnknownException | ValidationException e) {
        // Somebody else was faster, or nobody knows: the next search of the history tells.
        if (i >= MAX_COMMITS) {
          throw e;
        }
      }
    }
  }

  private long publishOnce(Table table, UUID jobId, List<TaskRecord> tasks) {
    Published before = published(table.snapshots(), jobId);
    AppendFiles append = table.newAppend();
    DataFileMaker files = new DataFileMaker(access.bucket(), table.schema());
    Set<Integer> added = new TreeSet<>();
    long rows = 0;
    long rawBytes = 0;
    for (TaskRecord record : tasks) {
      int task = record.task().number();
      if (!record.partitions().isEmpty() && !before.tasks().contains(task) && added.add(task)) {
        rawBytes += record.counts().decodedBytes();
        for (PartitionFile partition : record.partitions()) {
          append.appendFile(files.of(partition));
          rows += partition.rows();
        }
      }
    }
    if (added.isEmpty()) {
      return before.rows();
    }
    append.set(JOB, jobId.toString());
    append.set(TASKS, TaskRanges.format(added));
    append.set(ROWS, Long.toString(rows));
    append.set(RAW_BYTES, Long.toString(rawBytes));
    // A commit is put on top of whatever is newest by then, which may have the tasks already.
    append.validateWith(
        ancestors -> Collections.disjoint(published(ancestors, jobId).tasks(), added));
    append.commit();
    return before.rows() + rows;
  }

  /** What of a job is in the table. */
  private record Published(Set<Integer> tasks, long rows) {}

  private static Published published(Iterable<Snapshot> snapshots, UUID jobId) {
    Set<Integer> tasks = new TreeSet<>();
    long rows = 0;
    for (Snapshot snapshot : snapshots) {
      Map<String, String> summary = snapshot.summary();
      if (jobId.toString().equals(summary.get(JOB))) {
        tasks.addAll(TaskRanges.parse(summary.getOrDefault(TASKS, "")));
        rows += Long.parseLong(summary.get(ROWS));
      }
    }
    return new Published(tasks, rows);
  }

  /** The table as Iceberg has it; empty before the first job wrote to it. */
  public Optional<Table> load(TableRef ref) {
    try {
      return Optional.of(catalog.loadTable(identifier(ref)));
    } catch (NoSuchTableException e) {
      return Optional.empty();
    }
  }

  /** A table that no job wrote to yet is none of Iceberg's. */
  void rename(TableRef before, TableRef after) {
    TableIdentifier from = identifier(before);
    TableIdentifier to = identifier(after);
    if (from.equals(to) || !catalog.tableExists(from)) {
      return;
    }
    if (!catalog.namespaceExists(to.namespace())) {
      catalog.createNamespace(to.namespace(), Map.of());
    }
    catalog.renameTable(from, to);
  }

  /** Its files stay. */
  void drop(TableRef ref) {
    catalog.dropTable(identifier(ref), false);
  }

  private static TableIdentifier identifier(TableRef ref) {
    return TableIdentifier.of(ref.projectName(), ref.tableName());
  }

  @Override
  public void close() {
    catalog.close();
  }
}
