package io.penstock.job.sink;

import io.penstock.job.parquet.PageCompressor;
import io.penstock.job.parquet.ParquetFile;
import io.penstock.job.record.ColumnVector;
import io.penstock.job.record.RowBatch;
import io.penstock.job.s3.ObjectStore;
import io.penstock.job.sort.RowLayout;
import io.penstock.spec.JobSpec;
import io.penstock.spec.PartitionLimits;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partitions of the task in hand, open and sealed, within the limits. Where one ends and the
 * next begins depends on the rows and their batches alone. Used by one thread.
 */
final class TaskPartitions implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(TaskPartitions.class);
  private static final long MICROS_PER_SECOND = 1_000_000;

  private final JobSpec spec;
  private final Optional<ObjectStore> store;
  private final Uploads uploads;
  private final PartitionLimits limits;
  private final long maxHeldBytes;
  private final PageCompressor compressor;
  private final TimeBuckets buckets;
  private final Optional<Shards> shards;

  /** Whether rows come bucket by bucket: a partition that is closed early is whole all the same. */
  private final boolean inOrder;

  /** By bucket and shard; the least recently written first. */
  private final Map<Place, OpenPartition> open = new LinkedHashMap<>(16, 0.75f, true);

  private final List<SealedPartition> sealed = new ArrayList<>();

  /** By bucket and the shard's hash, as names are. */
  private final Map<Place, Integer> sequences = new HashMap<>();

  private final Set<String> warnings = new LinkedHashSet<>();
  private int task;
  private long heldBytes;

  /**
   * Which partition a row belongs to.
   *
   * @param shard empty where there are none
   */
  private record Place(long bucket, String shard) {}

  /**
   * @param maxHeldBytes heap that open partitions may take before one of them is sealed
   */
  TaskPartitions(JobSpec spec, Optional<ObjectStore> store, Uploads uploads, long maxHeldBytes) {
    this.spec = spec;
    this.store = store;
    this.uploads = uploads;
    this.limits = spec.sink().limits();
    this.maxHeldBytes = maxHeldBytes;
    this.compressor = new PageCompressor(spec.sink().zstdLevel());
    this.buckets = new TimeBuckets(limits.maxSpan().toSeconds() * MICROS_PER_SECOND);
    this.inOrder = RowLayout.of(spec.transform(), limits).isPresent();
    this.shards = limits.shardColumn().map(name -> new Shards(spec.transform().columnIndex(name)));
  }

  /** A task begins. */
  void begin(int number) {
    task = number;
    compressor.forget();
  }

  /** How many are open. */
  int size() {
    return open.size();
  }

  /** Why partitions are smaller than the limits of rows and time ask for. */
  List<String> warnings() {
    return List.copyOf(warnings);
  }

  void append(RowBatch batch, ColumnVector time) throws IOException {
    if (shards.isEmpty()) {
      append(batch, "", batch.selected(), batch.selectedRows(), time);
    } else {
      Shards divided = shards.get();
      int count = divided.divide(batch);
      for (int shard = 0; shard < count; shard++) {
        int[] rows = divided.rows(shard);
        append(batch, divided.text(shard), rows, rows.length, time);
      }
    }
    compressor.knownTexts().endBatch();
    while (heldBytes > maxHeldBytes && open.size() > 1) {
      sealLeastRecentlyWritten();
      warn(
          "task %d closed partitions early, because the open ones took more than %d MiB"
              .formatted(task, maxHeldBytes >> 20));
    }
  }

  private void append(RowBatch batch, String shard, int[] rows, int count, ColumnVector time)
      throws IOException {
    int groups = buckets.divide(time, rows, count);
    if (count < groups * ParquetFile.LONG_RUN) {
      compressor.knownTexts().beginBatch(batch, spec.transform().columns().size());
    }
    for (int group = 0; group < groups; group++) {
      append(batch, new Place(buckets.bucket(group), shard), group, time);
    }
  }

  private void append(RowBatch batch, Place place, int group, ColumnVector time)
      throws IOException {
    int next = buckets.from(group);
    int to = buckets.to(group);
    while (next < to) {
      OpenPartition partition = partition(place);
      int count = (int) Math.min(to - next, limits.maxRows() - partition.rows());
      heldBytes -= partition.heldBytes();
      partition.append(batch, buckets.rows(), next, next + count, time);
      heldBytes += partition.heldBytes();
      next += count;
      if (partition.rows() == limits.maxRows()) {
        seal(open.remove(place));
      }
    }
  }

  private void warn(String warning) {
    if (!inOrder) {
      warnings.add(warning);
    }
  }

  private OpenPartition partition(Place place) throws IOException {
    OpenPartition known = open.get(place);
    if (known != null) {
      return known;
    }
    if (open.size() >= limits.maxOpen()) {
      sealLeastRecentlyWritten();
      warn(
          "task %d needed more than %d open partitions; some were closed early"
              .formatted(task, limits.maxOpen()));
    }
    String key = key(place);
    OpenPartition made =
        new OpenPartition(
            key,
            new UploadStream(store, uploads, spec.sink().bucket(), key),
            spec.transform().columns(),
            compressor);
    open.put(place, made);
    return made;
  }

  private String key(Place place) {
    Optional<String> hash = shards.map(any -> Shards.hash(place.shard()));
    Place named = new Place(place.bucket(), hash.orElse(""));
    int sequence = sequences.merge(named, 1, Integer::sum) - 1;
    long start = place.bucket() * limits.maxSpan().toSeconds();
    return PartitionName.of(spec, task, start, hash, sequence);
  }

  private void sealLeastRecentlyWritten() throws IOException {
    Iterator<OpenPartition> leastRecentlyWritten = open.values().iterator();
    OpenPartition victim = leastRecentlyWritten.next();
    leastRecentlyWritten.remove();
    seal(victim);
  }

  private void seal(OpenPartition partition) throws IOException {
    heldBytes -= partition.heldBytes();
    sealed.add(partition.seal());
  }

  /** Seals what is open and waits for all uploads. In the order in which they were sealed. */
  List<SealedPartition.Uploaded> finish() throws IOException {
    for (OpenPartition partition : open.values()) {
      seal(partition);
    }
    open.clear();
    List<SealedPartition.Uploaded> finished = new ArrayList<>();
    for (SealedPartition partition : sealed) {
      finished.add(partition.await());
    }
    return finished;
  }

  /** Best effort: what cannot be aborted now is swept up when the job has ended. */
  void giveUp() {
    sealed.forEach(partition -> tryTo(partition::abort));
    open.values().forEach(partition -> tryTo(partition::abort));
    forget();
  }

  private static void tryTo(Uploads.Transfer abort) {
    try {
      abort.run();
    } catch (IOException e) {
      LOG.debug("cannot abort an upload", e);
    }
  }

  /** The task is over. */
  void forget() {
    open.clear();
    sealed.clear();
    sequences.clear();
    warnings.clear();
    heldBytes = 0;
  }

  @Override
  public void close() {
    giveUp();
    compressor.close();
  }
}
