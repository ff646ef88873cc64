package io.penstock.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

final class ProcessTreeTest {
  private final long self = ProcessHandle.current().pid();

  @Test
  void whatAProcessUsesIsSeen() {
    ProcessTree process = ProcessTree.single(self);
    double before = process.cpuSeconds();

    long sum = 0;
    while (process.cpuSeconds() < before + 0.1) {
      sum += System.nanoTime();
    }

    assertThat(sum).isNotZero();
    assertThat(process.cpuSeconds()).isGreaterThan(before);
  }

  @Test
  void childrenThatHaveEndedCount() throws IOException, InterruptedException {
    double before = ProcessTree.withChildren(self).cpuSeconds();
    double alone = ProcessTree.single(self).cpuSeconds();

    new ProcessBuilder("bash", "-c", "for ((i = 0; i < 200000; i++)); do :; done")
        .start()
        .waitFor();

    double withChild = ProcessTree.withChildren(self).cpuSeconds() - before;
    double withoutChild = ProcessTree.single(self).cpuSeconds() - alone;
    assertThat(withChild).isGreaterThan(withoutChild);
  }

  @Test
  void theLargestMemorySinceAResetIsSeen() throws IOException {
    ProcessTree process = ProcessTree.single(self);

    process.resetPeak();

    assertThat(process.peakBytes()).isGreaterThan(10_000_000);
  }
}
