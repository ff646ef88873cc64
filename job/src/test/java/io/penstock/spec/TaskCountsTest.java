package io.penstock.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Counts of rows, in records that stay on storage. */
final class TaskCountsTest {
  @Test
  void recordsFromBeforeThereWereWarningsCanBeRead() {
    String json =
        "{\"rowsRead\":9,\"rowsWritten\":6,\"rowsFiltered\":2,\"rowsRejected\":1,"
            + "\"objects\":3,\"storedBytes\":16,\"decodedBytes\":32}";

    assertThat(SpecJson.read(json.getBytes(StandardCharsets.UTF_8), TaskCounts.class))
        .isEqualTo(new TaskCounts(9, 6, 2, 1, 3, 16, 32, 0));
  }
}
