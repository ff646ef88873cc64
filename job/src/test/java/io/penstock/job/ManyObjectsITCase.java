package io.penstock.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job over very many small objects, in a process of its own whose heap is small. */
final class ManyObjectsITCase {
  private static final int OBJECTS = Integer.getInteger("penstock.many.objects", 100_000);
  private static final String HEAP = "-Xmx256m";

  @TempDir Path folder;

  @Test
  void aHundredThousandObjectsAreLoadedInALittleHeapAndTasksDoNotWaitForTheListing()
      throws Exception {
    Path out = folder.resolve("out.txt");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add(HEAP);
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            ManyObjects.class.getName(),
            folder.toString(),
            Integer.toString(OBJECTS)));

    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
    int exit = process.waitFor();

    String said = Files.readString(out);
    assertThat(exit).as(said).isZero();
    String line = said.lines().filter(l -> l.startsWith("objects=")).findFirst().orElseThrow();
    System.out.println("in " + HEAP + ": " + line);
    assertThat(line)
        .startsWith(
            "objects=%d rows=%d balanced=true "
                .formatted(OBJECTS, OBJECTS * ManyObjects.ROWS_EACH));
    assertThat(line.replaceAll(".*tasks=(\\d+) planned=(\\d+)", "$1"))
        .isEqualTo(line.replaceAll(".*planned=(\\d+)", "$1"));
  }
}
