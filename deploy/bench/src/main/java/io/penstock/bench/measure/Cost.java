package io.penstock.bench.measure;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one load took.
 *
 * @param cpuSeconds by process; the first {@code counted} of them are compared
 * @param counted how many of the processes are the loader itself
 * @param peakBytes resident at once, of each process of the loader itself
 */
public record Cost(
    String subject,
    long rows,
    Map<String, Double> cpuSeconds,
    int counted,
    double wallSeconds,
    Map<String, Long> peakBytes,
    long outputBytes) {
  public Cost {
    cpuSeconds = new LinkedHashMap<>(cpuSeconds);
    peakBytes = new LinkedHashMap<>(peakBytes);
  }

  /** Of the loader itself. */
  public double cpu() {
    return cpuSeconds.values().stream().limit(counted).mapToDouble(Double::doubleValue).sum();
  }

  /** Of the process that does the work. */
  public long workerPeakBytes() {
    return peakBytes.values().iterator().next();
  }

  public double rowsPerCpuSecond() {
    return rows / cpu();
  }

  public double cpuSecondsPerMillionRows() {
    return cpu() * 1e6 / rows;
  }
}
