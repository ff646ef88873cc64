package io.penstock.bench.measure;

import io.penstock.bench.data.Dataset;
import io.penstock.bench.data.Generated;
import java.nio.file.Path;

/** Something that loads a data set to Parquet files by time bucket. */
public interface Loader extends AutoCloseable {
  String name();

  /** What has to be there before anything is measured. */
  void prepare(Dataset dataset, Generated files) throws Exception;

  /**
   * Loads everything once.
   *
   * @param output an empty folder
   * @return what it took; the files are in {@code output}, at any depth, when {@link #collect} has
   *     returned
   */
  Cost load(Dataset dataset, Generated files, Path output) throws Exception;

  /** Brings the files of the last load to its output folder, where that is not done already. */
  void collect(Path output) throws Exception;

  /** CPU seconds of the last load by thread; empty if that says nothing. */
  default String threads() {
    return "";
  }

  @Override
  void close() throws Exception;
}
