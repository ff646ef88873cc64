package io.penstock.bench.data;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Writes data sets to folders, once. */
public final class Generator {
  private static final String DONE = ".done";
  private static final int BUFFER_BYTES = 128 * 1024;

  private final Path folder;

  /**
   * @param folder holds one folder for each data set
   */
  public Generator(Path folder) {
    this.folder = folder;
  }

  /** Objects are written side by side, on as many threads as there are cores. */
  public Generated generate(Dataset dataset) throws IOException {
    Path target = folder.resolve(dataset.name());
    Path done = target.resolve(DONE);
    if (Files.exists(done)) {
      String[] sizes = Files.readString(done, StandardCharsets.UTF_8).strip().split(" ", 2);
      return new Generated(target, Long.parseLong(sizes[0]), Long.parseLong(sizes[1]));
    }
    Files.createDirectories(target);
    long plain =
        IntStream.range(0, dataset.objects())
            .parallel()
            .mapToLong(object -> write(dataset, object, target))
            .sum();
    long stored;
    try (Stream<Path> files = Files.list(target)) {
      stored = files.mapToLong(file -> file.toFile().length()).sum();
    }
    Files.writeString(done, stored + " " + plain);
    return new Generated(target, stored, plain);
  }

  /** The bytes of one object, as they are stored. */
  public static void stored(Dataset dataset, int object, OutputStream out) throws IOException {
    try (OutputStream compressed = dataset.format().compress(out)) {
      new ObjectWriter(dataset).write(object, compressed);
    }
  }

  private static long write(Dataset dataset, int object, Path folder) {
    ObjectWriter writer = new ObjectWriter(dataset);
    Path file = folder.resolve(dataset.objectName(object));
    try (OutputStream out =
        new BufferedOutputStream(
            dataset.format().compress(Files.newOutputStream(file)), BUFFER_BYTES)) {
      writer.write(object, out);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
    return writer.bytesWritten();
  }
}
