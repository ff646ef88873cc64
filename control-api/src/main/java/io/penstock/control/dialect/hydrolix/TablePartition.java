package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.control.catalog.Partition;
import io.penstock.control.job.TableRef;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/**
 * A partition as the product shows it.
 *
 * @param range of the primary column's values; absent if nobody can tell
 */
record TablePartition(TableRef table, Partition partition, Optional<Partition.Range> range) {
  /** The hash of no text at all. */
  private static final String NO_SHARD = "42bc986dc5eec4d3";

  Optional<Instant> min() {
    return range.map(Partition.Range::min);
  }

  Optional<Instant> max() {
    return range.map(Partition.Range::max);
  }

  String shardKey() {
    return partition.shard().orElse(NO_SHARD);
  }

  String rootPath() {
    return table.projectId() + "/" + table.tableId();
  }

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("data_path", partition.path());
    json.put("root_path", rootPath());
    json.put("root_path_name", table.qualifiedName());
    json.put("project", table.projectId().toString());
    json.put("table", table.tableId().toString());
    json.put("created", BatchJobJson.timestamp(partition.added()));
    json.put("modified", BatchJobJson.timestamp(partition.added()));
    json.put("min_timestamp", min().map(BatchJobJson::timestamp).orElse(null));
    json.put("max_timestamp", max().map(BatchJobJson::timestamp).orElse(null));
    json.put("manifest_size", partition.storedBytes() - partition.columnBytes());
    json.put("data_size", partition.columnBytes());
    json.put("index_size", 0);
    json.put("rows", partition.rows());
    json.put("mem_size", partition.rawBytes());
    json.put("active", true);
    ObjectNode metadata = json.putObject("metadata");
    metadata.put("job", partition.origin().map(origin -> origin.job().toString()).orElse(null));
    metadata.put("task", partition.origin().map(Partition.Origin::task).orElse(null));
    json.put("shard_key", shardKey());
    json.putNull("storage_id");
    json.putNull("lock");
    return json;
  }

  /** Totals, under a name. */
  static ObjectNode stats(String name, Collection<Partition> partitions) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("name", name)
        .put("total_partitions", partitions.size())
        .put("total_rows", partitions.stream().mapToLong(Partition::rows).sum())
        .put("total_data_size", partitions.stream().mapToLong(Partition::columnBytes).sum())
        .put("total_storage_size", partitions.stream().mapToLong(Partition::storedBytes).sum())
        .put("total_raw_data_size", partitions.stream().mapToLong(Partition::rawBytes).sum());
  }
}
