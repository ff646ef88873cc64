package io.penstock.bench.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * CPU seconds of a process's threads by kind of thread, as far as Linux tells their names (15
 * characters). What threads have used that ended in between shows as {@code ended}.
 */
public final class ThreadTimes {
  private static final double TICKS_PER_SECOND = 100;
  private static final double SHOWN_SECONDS = 0.05;
  private static final int UTIME = 11;

  private final ProcessTree process;
  private final Map<String, Used> before;
  private final double allBefore;

  /** Of one thread. */
  private record Used(String name, double seconds) {}

  private ThreadTimes(ProcessTree process) {
    this.process = process;
    this.before = read(process.pid());
    this.allBefore = process.cpuSeconds();
  }

  public static ThreadTimes start(ProcessTree process) {
    return new ThreadTimes(process);
  }

  /** Since the start, the greatest first. */
  public String stop() {
    double all = process.cpuSeconds() - allBefore;
    Map<String, Double> byName = new HashMap<>();
    read(process.pid())
        .forEach(
            (id, now) -> {
              double then = before.containsKey(id) ? before.get(id).seconds() : 0;
              byName.merge(kind(now.name()), now.seconds() - then, Double::sum);
            });
    double alive = byName.values().stream().mapToDouble(Double::doubleValue).sum();
    byName.put("ended", Math.max(0, all - alive));
    return byName.entrySet().stream()
        .filter(entry -> entry.getValue() >= SHOWN_SECONDS)
        .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder()))
        .map(entry -> String.format(Locale.ROOT, "%s %.2f", entry.getKey(), entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  /** Threads of a pool count as one. */
  private static String kind(String name) {
    return name.replaceAll("[#-]?\\d+$", "").strip();
  }

  private static Map<String, Used> read(long pid) {
    Map<String, Used> threads = new HashMap<>();
    try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
      List<Path> all = tasks.toList();
      for (Path task : all) {
        try {
          String text = Files.readString(task.resolve("stat"));
          String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
          String name = text.substring(text.indexOf('(') + 1, text.lastIndexOf(')'));
          long ticks = Long.parseLong(fields[UTIME]) + Long.parseLong(fields[UTIME + 1]);
          threads.put(task.getFileName().toString(), new Used(name, ticks / TICKS_PER_SECOND));
        } catch (NoSuchFileException e) {
          // It has ended between listing and reading.
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the threads of process " + pid, e);
    }
    return threads;
  }
}
