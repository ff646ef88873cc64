package io.penstock.bench.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What Linux says a process has used. */
public final class ProcessTree {
  private static final double TICKS_PER_SECOND = 100;
  private static final int UTIME = 11;
  private static final int CUTIME = 13;

  private final long pid;
  private final boolean withChildren;

  private ProcessTree(long pid, boolean withChildren) {
    this.pid = pid;
    this.withChildren = withChildren;
  }

  /** All threads of one process. */
  public static ProcessTree single(long pid) {
    return new ProcessTree(pid, false);
  }

  /** Its children, too, also those that have ended. */
  public static ProcessTree withChildren(long pid) {
    return new ProcessTree(pid, true);
  }

  /** The pid that is the first line of a file. */
  public static long pid(Path file) throws IOException {
    try (var lines = Files.lines(file, StandardCharsets.UTF_8)) {
      return Long.parseLong(lines.findFirst().orElseThrow().strip());
    }
  }

  public long pid() {
    return pid;
  }

  /** Seconds of user and system time since it began. */
  public double cpuSeconds() {
    long ticks = ticks(pid, withChildren);
    if (withChildren) {
      ticks +=
          ProcessHandle.of(pid).stream()
              .flatMap(ProcessHandle::descendants)
              .mapToLong(child -> ticks(child.pid(), true))
              .sum();
    }
    return ticks / TICKS_PER_SECOND;
  }

  /** Ended children are part of their parent's figures. */
  private static long ticks(long process, boolean endedChildren) {
    String[] fields = statistics(process);
    if (fields.length == 0) {
      return 0;
    }
    long ticks = Long.parseLong(fields[UTIME]) + Long.parseLong(fields[UTIME + 1]);
    return endedChildren
        ? ticks + Long.parseLong(fields[CUTIME]) + Long.parseLong(fields[CUTIME + 1])
        : ticks;
  }

  /** Behind the name, which may hold anything. Empty if the process is gone. */
  private static String[] statistics(long process) {
    try {
      String all = Files.readString(Path.of("/proc", Long.toString(process), "stat"));
      return all.substring(all.lastIndexOf(')') + 2).split(" ", -1);
    } catch (NoSuchFileException e) {
      return new String[0];
    } catch (IOException e) {
      // One that goes while its file is read has no bytes to read.
      if (ProcessHandle.of(process).filter(ProcessHandle::isAlive).isEmpty()) {
        return new String[0];
      }
      throw new UncheckedIOException("cannot read what process " + process + " has used", e);
    }
  }

  /** Makes {@link #peakBytes} begin anew. */
  public void resetPeak() throws IOException {
    Files.writeString(Path.of("/proc", Long.toString(pid), "clear_refs"), "5");
  }

  /** The most memory that was resident at once, since the last reset. */
  public long peakBytes() throws IOException {
    Path status = Path.of("/proc", Long.toString(pid), "status");
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
      }
    }
    throw new IOException("no VmHWM in " + status);
  }
}
