package io.penstock.job.export;

import io.penstock.job.encode.PathSegments;
import io.penstock.job.encode.RowEncoders;
import io.penstock.job.record.RowBatch;
import io.penstock.job.s3.ObjectStore;
import io.penstock.job.sink.Uploads;
import io.penstock.spec.export.ExportFailure;
import io.penstock.spec.export.ExportSpec;
import io.penstock.spec.export.ExportedFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All files of an export. Of one thread, with uploads on others. */
final class ExportFiles implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(ExportFiles.class);

  static final int MAX_COMBINATIONS = 1_000;

  /** Not a setting: it decides where row groups end. */
  private static final long MAX_HELD_BYTES = 160L * 1024 * 1024;

  private final ExportSpec spec;
  private final ObjectStore store;
  private final RowEncoders encoders;
  private final Uploads uploads = new Uploads();
  private final boolean divided;

  /** Where parts are gathered if files are divided; made with the first. */
  private Optional<Path> folder = Optional.empty();

  private final PathSegments segments;

  /** By what divides them; in the order of their keys. */
  private final Map<String, FileSeries> series = new TreeMap<>();

  private final List<FileSeries> ofBatch = new ArrayList<>();
  private final int[] seriesOfRow = new int[RowBatch.CAPACITY];
  private final int[] rows = new int[RowBatch.CAPACITY];
  private byte[] lastPath = {};
  private FileSeries last;

  ExportFiles(ExportSpec spec, ObjectStore store) {
    this.spec = spec;
    this.store = store;
    this.encoders = new RowEncoders(spec.format(), spec.query(), spec.destination().maxFileBytes());
    List<Integer> columns = spec.destination().partitionBy();
    this.divided = !columns.isEmpty();
    int firstColumn = spec.query().outputs().size();
    this.segments =
        new PathSegments(
            columns.stream().map(column -> firstColumn + column).toList(),
            columns.stream().map(column -> spec.query().columns().get(column).name()).toList());
  }

  /** Appends the selected rows. */
  void append(RowBatch batch) throws IOException {
    if (batch.selectedRows() == 0) {
      return;
    }
    if (!divided) {
      series("").append(batch, batch.selected(), 0, batch.selectedRows());
    } else {
      appendDivided(batch);
    }
    if (series.values().stream().mapToLong(FileSeries::heldBytes).sum() > MAX_HELD_BYTES) {
      for (FileSeries one : series.values()) {
        one.drain();
      }
    }
  }

  private FileSeries series(String path) throws IOException {
    FileSeries known = series.get(path);
    if (known == null) {
      if (series.size() == MAX_COMBINATIONS) {
        throw new ExportRefused(
            ExportFailure.Kind.TOO_MANY_PARTITIONS,
            "the columns that files are divided by have more than %d combinations of values"
                .formatted(MAX_COMBINATIONS));
      }
      known =
          new FileSeries(
              spec.destination(), path, encoders, store, uploads, spilled(series.size()));
      series.put(path, known);
    }
    return known;
  }

  private Optional<Path> spilled(int number) throws IOException {
    if (divided && folder.isEmpty()) {
      folder = Optional.of(Files.createTempDirectory("penstock-export"));
    }
    return folder.map(parent -> parent.resolve(Integer.toString(number)));
  }

  private void appendDivided(RowBatch batch) throws IOException {
    ofBatch.clear();
    int selected = batch.selectedRows();
    for (int i = 0; i < selected; i++) {
      FileSeries own = seriesOf(batch, batch.selected()[i]);
      int index = ofBatch.indexOf(own);
      if (index < 0) {
        index = ofBatch.size();
        ofBatch.add(own);
      }
      seriesOfRow[i] = index;
    }
    for (int index = 0; index < ofBatch.size(); index++) {
      int count = 0;
      for (int i = 0; i < selected; i++) {
        rows[count] = batch.selected()[i];
        count += seriesOfRow[i] == index ? 1 : 0;
      }
      ofBatch.get(index).append(batch, rows, 0, count);
    }
  }

  /** Rows that follow each other often have the same values. */
  private FileSeries seriesOf(RowBatch batch, int row) throws IOException {
    boolean fits = segments.make(batch, row);
    int length = segments.length();
    byte[] path = segments.bytes();
    if (last != null && Arrays.equals(path, 0, length, lastPath, 0, lastPath.length)) {
      return last;
    }
    String text = new String(path, 0, length, StandardCharsets.US_ASCII);
    if (!fits) {
      throw new ExportRefused(
          ExportFailure.Kind.KEY,
          "a segment of it has more than %d bytes: %s".formatted(PathSegments.MAX_BYTES, text));
    }
    last = series(text);
    lastPath = Arrays.copyOf(path, length);
    return last;
  }

  /** Ends all files and waits for their uploads; in the order of their keys. */
  List<ExportedFile> finish() throws IOException {
    for (FileSeries one : series.values()) {
      one.end();
    }
    List<ExportedFile> files = new ArrayList<>();
    for (FileSeries one : series.values()) {
      files.addAll(one.files());
    }
    series.clear();
    return files;
  }

  /** Gives up what has not been finished. */
  @Override
  public void close() {
    series.values().forEach(FileSeries::giveUp);
    series.clear();
    uploads.close();
    encoders.close();
    if (folder.isPresent()) {
      try {
        Files.deleteIfExists(folder.get());
      } catch (IOException e) {
        LOG.debug("cannot delete {}", folder.get(), e);
      }
    }
  }
}
