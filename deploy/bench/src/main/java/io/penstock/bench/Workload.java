package io.penstock.bench;

import io.penstock.bench.data.Dataset;
import io.penstock.bench.data.Format;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The data set to load. */
final class Workload {
  @Option(
      names = "--rows",
      defaultValue = "1000000",
      description = "In all objects together (default: ${DEFAULT-VALUE}).")
  private long rows;

  @Option(names = "--objects", defaultValue = "50", description = "Default: ${DEFAULT-VALUE}.")
  private int objects;

  @Option(
      names = "--format",
      defaultValue = "NDJSON_GZ",
      description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Format format;

  @Option(
      names = "--buckets",
      defaultValue = "24",
      description = "Of time, that the events fall into (default: ${DEFAULT-VALUE}).")
  private int buckets;

  @Option(
      names = "--bucket-minutes",
      defaultValue = "60",
      description = "Width of a bucket (default: ${DEFAULT-VALUE}).")
  private int bucketMinutes;

  @Option(
      names = "--window",
      description =
          "Buckets that events are scattered over while time goes on from object to object"
              + " (default: all of them, in every object).")
  private Integer window;

  @Option(names = "--columns", defaultValue = "26", description = "Default: ${DEFAULT-VALUE}.")
  private int columns;

  @Option(names = "--seed", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
  private long seed;

  Dataset dataset() {
    return new Dataset(
        format,
        rows,
        objects,
        buckets,
        bucketMinutes,
        Optional.ofNullable(window).orElse(buckets),
        columns,
        seed);
  }
}
