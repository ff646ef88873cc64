package io.penstock.job.source;

import io.penstock.job.compress.Decompression;
import io.penstock.job.record.ChunkBuffers;
import io.penstock.job.record.ReadEvent;
import io.penstock.spec.Compression;
import io.penstock.spec.JobSpec;
import io.penstock.spec.PlannedObject;
import io.penstock.spec.RecordFormat;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** Reads one object's stored bytes to chunks. */
final class ObjectReader implements ObjectEvents {
  private final InputStream decoded;
  private final CountedStream counted;
  private final RecordFramer framer;
  private final long size;
  private long reported;

  private ObjectReader(PlannedObject object, InputStream stored, Opening opening, Framing framing)
      throws IOException {
    this.size = object.size();
    this.counted = new CountedStream(stored);
    try {
      this.decoded = opening.open(counted);
    } catch (IOException | RuntimeException e) {
      counted.close();
      throw e;
    }
    this.framer = framing.framer(decoded, this::consumed);
  }

  /** Undoes what the object's bytes are wrapped in. */
  @FunctionalInterface
  private interface Opening {
    InputStream open(InputStream stored) throws IOException;
  }

  /** Cuts what was opened. */
  @FunctionalInterface
  private interface Framing {
    RecordFramer framer(InputStream decoded, RecordFramer.StoredBytes consumed);
  }

  /**
   * An object of the input.
   *
   * @param stored the object's bytes; closed with this, and if this cannot be made
   */
  static ObjectReader ofInput(
      JobSpec spec, PlannedObject object, InputStream stored, ChunkBuffers buffers)
      throws IOException {
    Decompression decompression =
        new Decompression(
            spec.transform().layers(),
            object.key(),
            spec.transform().format().headLines(),
            spec.source().maxDecodedBytes(object.size()));
    return new ObjectReader(
        object,
        stored,
        in ->
            isFirehose(spec) ? new FirehoseStream(decompression.open(in)) : decompression.open(in),
        (in, consumed) ->
            new RecordFramer(
                in, consumed, spec.transform().format(), RecordFramer.Limits.DEFAULT, buffers));
  }

  /**
   * A {@link io.penstock.spec.RunFile}.
   *
   * @param stored as in {@link #ofInput}
   */
  static ObjectReader ofRun(PlannedObject object, InputStream stored, ChunkBuffers buffers)
      throws IOException {
    Decompression decompression =
        new Decompression(List.of(Compression.GZIP), object.key(), 0, Long.MAX_VALUE);
    return new ObjectReader(
        object,
        stored,
        decompression::open,
        (in, consumed) -> RecordFramer.ofRun(in, consumed, buffers));
  }

  private static boolean isFirehose(JobSpec spec) {
    return spec.transform().format() instanceof RecordFormat.Json json
        && json.envelope().isPresent();
  }

  @Override
  public Optional<ReadEvent> next() throws IOException {
    return framer.next();
  }

  @Override
  public long unreported() {
    return size - reported;
  }

  private long consumed() {
    long fresh = Math.min(counted.count(), size) - reported;
    reported += fresh;
    return fresh;
  }

  @Override
  public void close() throws IOException {
    decoded.close();
  }
}
