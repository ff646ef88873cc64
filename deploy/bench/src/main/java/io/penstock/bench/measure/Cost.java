package io.penstock.bench.measure;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one load took.
 *
 * @param cpuSeconds by process; the first {@code counted} of them are compared
 * @param counted how many of the processes are the loader itself
 * @param peakBytes resident, of the process that does the work
 */
public record Cost(
    String subject,
    long rows,
    Map<String, Double> cpuSeconds,
    int counted,
    double wallSeconds,
    long peakBytes,
    long outputBytes) {
  public Cost {
    cpuSeconds = new LinkedHashMap<>(cpuSeconds);
  }

  /** Of the loader itself. */
  public double cpu() {
    return cpuSeconds.values().stream().limit(counted).mapToDouble(Double::doubleValue).sum();
  }

  public double rowsPerCpuSecond() {
    return rows / cpu();
  }

  public double cpuSecondsPerMillionRows() {
    return cpu() * 1e6 / rows;
  }
}
