package io.penstock.job.record;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SparesTest {
  @Test
  void whatIsLeftIsTakenOnceAndTheOldestFirst() {
    Spares<byte[]> spares = new Spares<>();
    byte[] first = new byte[1];
    byte[] second = new byte[1];
    spares.leave(first);
    spares.leave(second);

    assertThat(spares.take()).containsSame(first);
    assertThat(spares.take()).containsSame(second);
    assertThat(spares.take()).isEmpty();
  }
}
