package io.penstock.control.dialect.posthog;

import io.penstock.control.catalog.Partition;
import io.penstock.control.catalog.TableContents;
import io.penstock.control.job.TableRef;
import io.penstock.spec.ColumnType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The files of one table, as a test adds them. */
final class FakeContents implements TableContents {
  private final List<Partition> files = new ArrayList<>();

  void add(String column, String min, String max, long rows, Instant added) {
    files.add(
        new Partition(
            "file" + files.size(),
            Optional.empty(),
            rows,
            1,
            1,
            1,
            added,
            Optional.empty(),
            Map.of(column, new Partition.Range(Instant.parse(min), Instant.parse(max)))));
  }

  @Override
  public List<Partition> partitions(TableRef table) {
    return List.copyOf(files);
  }

  @Override
  public Map<String, ColumnType> columns(TableRef table) {
    throw new UnsupportedOperationException("models know the columns");
  }

  @Override
  public int remove(TableRef table, Predicate<Partition> which) {
    throw new UnsupportedOperationException("nothing is removed");
  }

  @Override
  public int reap(TableRef table, Instant before) {
    throw new UnsupportedOperationException("nothing is removed");
  }

  @Override
  public void rename(TableRef before, TableRef after) {
    throw new UnsupportedOperationException("nothing is renamed");
  }

  @Override
  public void drop(TableRef table) {
    throw new UnsupportedOperationException("nothing is dropped");
  }
}
