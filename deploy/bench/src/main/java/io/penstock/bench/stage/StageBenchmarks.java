package io.penstock.bench.stage;

import io.penstock.bench.data.Columns;
import io.penstock.bench.data.Dataset;
import io.penstock.bench.data.Format;
import io.penstock.bench.data.Generator;
import io.penstock.job.compress.Decompression;
import io.penstock.job.decode.DecodingStage;
import io.penstock.job.record.ReadEvent;
import io.penstock.job.record.RowEvent;
import io.penstock.job.sink.WritingStage;
import io.penstock.job.source.FramingStage;
import io.penstock.spec.Compression;
import io.penstock.spec.JobSpec;
import io.penstock.spec.PlannedObject;
import io.penstock.spec.PlannedTask;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The stages of a task, each with those before it: an object's stored bytes in memory, as far as
 * {@link #inflate}, {@link #frame}, {@link #decode} or {@link #write}. One operation is {@link
 * #ROWS} rows.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 5)
@Measurement(iterations = 5, time = 5)
public class StageBenchmarks {
  /** Of one operation. */
  public static final int ROWS = 200_000;

  private static final int BUFFER_BYTES = 256 * 1024;

  @Param("NDJSON_GZ")
  private Format format;

  private JobSpec spec;
  private byte[] stored;
  private PlannedTask task;
  private byte[] buffer;
  private byte[] written;
  private WritingStage writer;

  @Setup
  public void generate() throws IOException {
    Dataset dataset = new Dataset(format, ROWS, 1, 24, 60, 24, Columns.BASE, 1);
    ByteArrayOutputStream object = new ByteArrayOutputStream();
    Generator.stored(dataset, 0, object);
    stored = object.toByteArray();
    spec = Specs.job(dataset);
    task =
        new PlannedTask(
            0, List.of(new PlannedObject(dataset.objectName(0), "\"etag\"", stored.length)));
    buffer = new byte[BUFFER_BYTES];
    writer = new WritingStage(spec);
    written = new byte[(int) write()];
  }

  @TearDown
  public void close() throws IOException {
    writer.close();
  }

  private InputStream inflated() throws IOException {
    return new Decompression(List.of(Compression.AUTO), "part" + format.ending(), 0, Long.MAX_VALUE)
        .open(new ByteArrayInputStream(stored));
  }

  @Benchmark
  public long inflate() throws IOException {
    long bytes = 0;
    try (InputStream in = inflated()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        bytes += read;
      }
    }
    return bytes;
  }

  @Benchmark
  public long frame() throws IOException {
    Ignoring ignoring = new Ignoring();
    try (InputStream in = inflated()) {
      FramingStage.run(in, spec.transform().format(), ignoring);
    }
    return ignoring.bytes;
  }

  @Benchmark
  public long decode() throws IOException {
    long[] events = new long[1];
    decodeTo(event -> events[0]++);
    return events[0];
  }

  private void decodeTo(Consumer<RowEvent> output) throws IOException {
    ReadEvent.Receiver decoder = DecodingStage.of(spec.transform(), output);
    decoder.taskStarted(new ReadEvent.TaskStarted(task));
    decoder.objectStarted(new ReadEvent.ObjectStarted("s3://in/part"));
    try (InputStream in = inflated()) {
      FramingStage.run(in, spec.transform().format(), decoder);
    }
    decoder.objectRead(new ReadEvent.ObjectRead(0));
    decoder.taskRead(new ReadEvent.TaskRead(List.of()));
  }

  /** To partitions that are encoded, compressed and hashed, but not uploaded. */
  @Benchmark
  public long write() throws IOException {
    long before = writer.bytes();
    decodeTo(writer::accept);
    return writer.bytes() - before;
  }

  /** A part of {@link #write}, by itself. */
  @Benchmark
  public byte[] hash() throws NoSuchAlgorithmException {
    return MessageDigest.getInstance("SHA-256").digest(written);
  }
}
