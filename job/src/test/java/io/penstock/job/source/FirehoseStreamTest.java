package io.penstock.job.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.job.compress.UnreadableException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

final class FirehoseStreamTest {
  private static final String TWO =
      "{\"requestId\": \"r\", \"records\": [%s, %s], \"timestamp\": 1}"
          .formatted(record("{\"a\":1}{\"a\":2}\n"), record("{\"ä\":\n3}"));

  private static String record(String data) {
    return "{\"data\": \"%s\"}"
        .formatted(Base64.getEncoder().encodeToString(data.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void everyRecordsDataIsGivenWithALineEnd() throws Exception {
    String once = "{\"a\":1}{\"a\":2}\n\n{\"ä\":\n3}\n";

    assertThat(content(TWO, 8192)).isEqualTo(once);
    assertThat(content("\ufeff" + TWO + TWO + "\n[" + TWO + "," + TWO + "]\n", 1))
        .isEqualTo(once.repeat(4));
    assertThat(content("", 10)).isEmpty();
    assertThat(content("{\"records\": []}", 10)).isEmpty();
  }

  @Test
  void whatHoldsNoDataBecomesATextThatIsNoRow() throws Exception {
    assertThat(content("{\"records\": [{\"data\": \"@\"}, {\"date\": 1}, 7, null]}", 10))
        .isEqualTo("\"@\"\n\"{\\\"date\\\":1}\"\n\"7\"\n\"null\"\n");
    assertThat(content("{\"records\": 5, \"x\": {\"records\": []}} 8", 10))
        .isEqualTo("\"a Firehose envelope without records\"\n\"8\"\n");
  }

  @Test
  void anEnvelopeThatIsCutOrBrokenIsNamed() {
    for (int length = 1; length < TWO.length(); length++) {
      String cut = TWO.substring(0, length);
      assertThatThrownBy(() -> content(cut, 100))
          .as(cut)
          .isInstanceOf(UnreadableException.class)
          .hasMessageStartingWith("unexpected end of the Firehose envelope");
    }
    assertThatThrownBy(() -> content("{\"records\": [}", 100))
        .isInstanceOf(UnreadableException.class)
        .hasMessageStartingWith("the Firehose envelope is not sound JSON at byte 1");
  }

  @SuppressWarnings("InputStreamSlowMultibyteRead") // It breaks at once.
  @Test
  void troubleInFetchingIsNotTakenForDamage() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("connection reset");
          }
        };

    assertThatThrownBy(() -> new FirehoseStream(broken).readAllBytes())
        .isNotInstanceOf(UnreadableException.class)
        .hasMessage("connection reset");
  }

  private static String content(String envelope, int pieces) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] piece = new byte[pieces];
    try (InputStream in =
        new FirehoseStream(new ByteArrayInputStream(envelope.getBytes(StandardCharsets.UTF_8)))) {
      for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
        all.write(piece, 0, count);
      }
    }
    return all.toString(StandardCharsets.UTF_8);
  }
}
