package io.penstock.control.publish;

import io.penstock.control.catalog.SnapshotLedger;
import io.penstock.control.catalog.SnapshotLedger.JobPublication;
import io.penstock.control.catalog.SnapshotLedger.Publication;
import io.penstock.control.job.LoadRules;
import io.penstock.control.job.TablePublisher;
import io.penstock.control.job.TableRef;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnType;
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
 * tasks it adds; before adding, the history and the ledger are searched for them, and Iceberg's own
 * retry, which would not search again, is switched off. Thread-safe.
 */
public final class IcebergTables implements TablePublisher, AutoCloseable {
  private static final int MAX_COMMITS = 20;
  private static final Publication NOTHING = new Publication(Set.of(), 0);

  private final StorageAccess access;
  private final Optional<SnapshotLedger> ledger;
  private final JdbcCatalog catalog = new JdbcCatalog();

  /**
   * @param jdbcUrl of the PostgreSQL database that holds the catalog
   */
  public IcebergTables(
      String jdbcUrl, String user, String password, StorageAccess access, SnapshotLedger ledger) {
    this(jdbcUrl, user, password, access, Optional.of(ledger));
  }

  /** Tables that are only loaded: whoever publishes needs a ledger. */
  public static IcebergTables toRead(
      String jdbcUrl, String user, String password, StorageAccess access) {
    return new IcebergTables(jdbcUrl, user, password, access, Optional.empty());
  }

  private IcebergTables(
      String jdbcUrl,
      String user,
      String password,
      StorageAccess access,
      Optional<SnapshotLedger> ledger) {
    this.access = access;
    this.ledger = ledger;
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
  public Map<String, ColumnType> types(TableRef ref) {
    Map<String, ColumnType> types = new LinkedHashMap<>();
    for (Types.NestedField field : load(ref).map(t -> t.schema().columns()).orElse(List.of())) {
      IcebergSchemas.columnType(field.type()).ifPresent(type -> types.put(field.name(), type));
    }
    return types;
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
    return published(ref, table -> publishOnce(table, ref, jobId, tasks));
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
    return published(
        ref, table -> one.once(table, new Publications(table, ref.tableId(), ledger())));
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

  private long publishOnce(Table table, TableRef ref, UUID jobId, List<TaskRecord> tasks) {
    Publications publications = new Publications(table, ref.tableId(), ledger());
    Publication before = publications.of(jobId).orElse(NOTHING);
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
    SnapshotSummary.write(append, new JobPublication(jobId, added, rows), rawBytes);
    // A commit is put on top of whatever is newest by then, which may have the tasks already.
    append.validateWith(
        ancestors -> Collections.disjoint(publications.of(jobId).orElse(NOTHING).tasks(), added));
    append.commit();
    return before.rows() + rows;
  }

  /** The table as Iceberg has it; empty before the first job wrote to it. */
  public Optional<Table> load(TableRef ref) {
    try {
      return Optional.of(catalog.loadTable(identifier(ref)));
    } catch (NoSuchTableException e) {
      return Optional.empty();
    }
  }

  SnapshotLedger ledger() {
    return ledger.orElseThrow(() -> new IllegalStateException("these tables are only read"));
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
