package io.penstock.bench.measure;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Measures processes over one load. */
public final class Stopwatch {
  private final Map<String, ProcessTree> processes;
  private final int counted;
  private final Map<String, Double> before = new LinkedHashMap<>();
  private final long begun;

  private Stopwatch(Map<String, ProcessTree> processes, int counted) throws IOException {
    this.processes = processes;
    this.counted = counted;
    for (ProcessTree one : loader().values()) {
      one.resetPeak();
    }
    processes.forEach((name, process) -> before.put(name, process.cpuSeconds()));
    this.begun = System.nanoTime();
  }

  /**
   * @param processes the first does the work
   * @param counted how many of them are the loader itself
   */
  public static Stopwatch start(Map<String, ProcessTree> processes, int counted)
      throws IOException {
    return new Stopwatch(new LinkedHashMap<>(processes), counted);
  }

  /** What has been used since the start. */
  public Cost stop(String subject, long rows, long outputBytes) throws IOException {
    double wall = (System.nanoTime() - begun) / 1e9;
    Map<String, Double> used = new LinkedHashMap<>();
    processes.forEach((name, process) -> used.put(name, process.cpuSeconds() - before.get(name)));
    Map<String, Long> peaks = new LinkedHashMap<>();
    for (Map.Entry<String, ProcessTree> one : loader().entrySet()) {
      peaks.put(one.getKey(), one.getValue().peakBytes());
    }
    return new Cost(subject, rows, used, counted, wall, peaks, outputBytes);
  }

  private Map<String, ProcessTree> loader() {
    Map<String, ProcessTree> loader = new LinkedHashMap<>();
    processes.entrySet().stream()
        .limit(counted)
        .forEach(one -> loader.put(one.getKey(), one.getValue()));
    return loader;
  }
}
