package io.penstock.job.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpilledPartsTest {
  @TempDir Path folder;

  @Test
  void whatGoesByWayOfTheDiskIsTheSameAndNothingStaysThere() throws IOException {
    byte[] content = new byte[20 * 1024 * 1024 + 3];
    Random random = new Random(3);
    random.nextBytes(content);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Path file = folder.resolve("0");
    SpilledParts parts = new SpilledParts(file, out);

    int at = 0;
    boolean onDisk = false;
    while (at < content.length) {
      int count = Math.min(content.length - at, random.nextInt(200_000));
      parts.write(content, at, count);
      at += count;
      onDisk |= file.toFile().exists();
    }
    assertThat(onDisk).isTrue();
    assertThat(out.size()).isBetween(16 * 1024 * 1024, content.length);
    parts.finish();

    assertThat(out.toByteArray()).isEqualTo(content);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void whatIsGivenUpIsNotLeftThere() throws IOException {
    SpilledParts parts = new SpilledParts(folder.resolve("0"), new ByteArrayOutputStream());
    parts.write(new byte[100_000], 0, 100_000);
    assertThat(folder).isNotEmptyDirectory();
    parts.discard();
    assertThat(folder).isEmptyDirectory();
  }
}
