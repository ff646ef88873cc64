package io.penstock.job.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.spec.TaskCounts;
import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The checkpointed counts; bytes of every version that was ever written are here for good. */
final class TotalsTest {
  private static final String V1 =
      "00000001"
          + "0000000000000009"
          + "0000000000000006"
          + "0000000000000002"
          + "0000000000000001"
          + "0000000000000003"
          + "0000000000000010"
          + "0000000000000020"
          + "0000000000000004"
          + "0000000000000005";

  @Test
  void firstVersionKnowsNoWarnings() throws IOException {
    assertThat(Totals.fromBytes(HexFormat.of().parseHex(V1)))
        .isEqualTo(new Totals(new TaskCounts(9, 6, 2, 1, 3, 16, 32, 0), 4, 5));
  }

  @Test
  void secondVersionEndsWithWarnings() throws IOException {
    Totals totals = new Totals(new TaskCounts(9, 6, 2, 1, 3, 16, 32, 7), 4, 5);

    assertThat(HexFormat.of().formatHex(totals.toBytes()))
        .isEqualTo("00000002" + V1.substring(8) + "0000000000000007");
    assertThat(Totals.fromBytes(totals.toBytes())).isEqualTo(totals);
  }
}
