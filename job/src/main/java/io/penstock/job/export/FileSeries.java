package io.penstock.job.export;

import io.penstock.job.encode.RowEncoder;
import io.penstock.job.encode.RowEncoders;
import io.penstock.job.record.RowBatch;
import io.penstock.job.s3.ObjectStore;
import io.penstock.job.sink.Upload;
import io.penstock.job.sink.UploadStream;
import io.penstock.job.sink.Uploads;
import io.penstock.spec.export.Destination;
import io.penstock.spec.export.ExportedFile;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of rows that have the dividing values in common, one after the other. A file is begun
 * with its first row. Of one thread, with uploads on others.
 */
final class FileSeries {
  private static final Logger LOG = LoggerFactory.getLogger(FileSeries.class);

  private final Destination destination;
  private final String segments;
  private final RowEncoders encoders;
  private final ObjectStore store;
  private final Uploads uploads;
  private final Optional<Path> spilled;
  private final List<Sealed> sealed = new ArrayList<>();
  private Optional<OpenFile> open = Optional.empty();

  /**
   * @param segments of the keys; empty, or ending in {@code /}
   * @param spilled a file to gather parts in; absent to gather them on the heap
   */
  FileSeries(
      Destination destination,
      String segments,
      RowEncoders encoders,
      ObjectStore store,
      Uploads uploads,
      Optional<Path> spilled) {
    this.destination = destination;
    this.segments = segments;
    this.encoders = encoders;
    this.store = store;
    this.uploads = uploads;
    this.spilled = spilled;
  }

  /** A file that no row is added to any more. */
  private record Sealed(long rows, UploadStream stream, CompletableFuture<Upload> upload) {}

  /** Appends all of these rows, to as many files as that takes. */
  void append(RowBatch batch, int[] selected, int from, int to) throws IOException {
    int next = from;
    while (next < to) {
      if (open.isEmpty()) {
        open = Optional.of(new OpenFile());
      }
      OpenFile file = open.get();
      int end = file.encoder.append(batch, selected, next, to);
      file.rows += end - next;
      next = end;
      file.stream.failIfFailed();
      if (destination.maxFileBytes().isPresent()
          && file.counted.count >= destination.maxFileBytes().getAsLong()) {
        seal(file);
      }
    }
  }

  private void seal(OpenFile file) throws IOException {
    open = Optional.empty();
    file.encoder.finish();
    file.encoder.close();
    if (file.parts.isPresent()) {
      file.parts.get().finish();
    }
    sealed.add(new Sealed(file.rows, file.stream, file.stream.finish()));
  }

  long heldBytes() {
    return open.map(file -> file.encoder.heldBytes()).orElse(0L);
  }

  void drain() throws IOException {
    if (open.isPresent()) {
      open.get().encoder.drain();
    }
  }

  /** Ends the last file. */
  void end() throws IOException {
    if (open.isPresent()) {
      seal(open.get());
    }
  }

  /** Waits for the uploads; in the order of the numbers. */
  List<ExportedFile> files() throws IOException {
    List<ExportedFile> files = new ArrayList<>();
    for (Sealed one : sealed) {
      Upload upload = Uploads.await(one.upload());
      files.add(
          new ExportedFile(
              upload.key(),
              one.rows(),
              upload.length(),
              upload.sha256(),
              upload.uploadId(),
              upload.parts().stream()
                  .map(part -> new ExportedFile.Part(part.number(), part.etag()))
                  .toList()));
    }
    return files;
  }

  /** Best effort: what cannot be given up now is known from the job's folder. */
  void giveUp() {
    if (open.isPresent()) {
      quietly(open.get().encoder::close);
      open.get().parts.ifPresent(parts -> quietly(parts::discard));
      quietly(open.get().stream::abort);
      open = Optional.empty();
    }
    sealed.forEach(one -> quietly(one.stream()::abort));
    sealed.clear();
  }

  private static void quietly(Uploading action) {
    try {
      action.run();
    } catch (IOException | RuntimeException e) {
      LOG.debug("cannot give up a file", e);
    }
  }

  @FunctionalInterface
  private interface Uploading {
    void run() throws IOException;
  }

  /** The file that rows are added to. */
  private final class OpenFile {
    private final UploadStream stream;
    private final Optional<SpilledParts> parts;
    private final Counted counted;
    private final RowEncoder encoder;
    private long rows;

    OpenFile() throws IOException {
      OptionalInt number =
          destination.maxFileBytes().isPresent()
              ? OptionalInt.of(sealed.size())
              : OptionalInt.empty();
      String key = destination.names().file(segments, number);
      ObjectKeys.check(key);
      stream = new UploadStream(Optional.of(store), uploads, destination.bucket(), key);
      parts = spilled.map(file -> new SpilledParts(file, stream));
      counted = new Counted(parts.isPresent() ? parts.get() : stream);
      encoder = encoders.open(counted);
    }
  }

  /** Counts what passes. */
  private static final class Counted extends FilterOutputStream {
    private long count;

    Counted(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int value) throws IOException {
      out.write(value);
      count++;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
      count += length;
    }
  }
}
