package io.penstock.job.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.spec.TransformSpec;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random records, sound and spoilt, are decoded quickly and exactly: rows, rejects and counts must
 * be the same. {@code -Dpenstock.fuzz.cases=1000000} makes it long, {@code -Dpenstock.fuzz.seed}
 * makes it another one.
 */
final class JsonFuzzTest {
  static final int CASES = Integer.getInteger("penstock.fuzz.cases", 50_000);
  static final long SEED = Long.getLong("penstock.fuzz.seed", 20_261_124);
  private static final int RECORDS_EACH = 250;

  @Test
  void quickDecodingIsExact() {
    Random random = new Random(SEED);
    BothWays bothWays = new BothWays(random);
    ByteMutation mutation = new ByteMutation(random);
    for (int done = 0; done < CASES; done += RECORDS_EACH) {
      TransformSpec transform = new RandomTransform(random).transform(false);
      RandomJson json = new RandomJson(random, false);
      int spoilt = random.nextInt(4) == 0 ? 2 : 20;
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      byte[] before = {};
      for (int i = 0; i < RECORDS_EACH; i++) {
        byte[] record = json.record(transform).getBytes(StandardCharsets.UTF_8);
        byte[] written = random.nextInt(spoilt) == 0 ? mutation.mutated(record, before) : record;
        bytes.writeBytes(written);
        bytes.writeBytes(lineEnd(random));
        before = record;
      }
      bothWays.compare(transform, bytes.toByteArray());
    }
    System.out.printf(
        "JsonFuzzTest: %d records, %d read quickly, seed %d%n",
        bothWays.records, bothWays.readQuickly, SEED);
    assertThat(bothWays.readQuickly).isGreaterThan(bothWays.records / 4);
  }

  private static byte[] lineEnd(Random random) {
    String end = random.nextInt(20) != 0 ? "\n" : random.nextBoolean() ? "\r\n" : "\n \n\n";
    return end.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void soundRecordsAreReadQuickly() {
    Random random = new Random(SEED + 1);
    BothWays bothWays = new BothWays(random);
    for (int i = 0; i < 100; i++) {
      TransformSpec transform = new RandomTransform(random).transform(true);
      RandomJson json = new RandomJson(random, true);
      StringBuilder text = new StringBuilder();
      for (int j = 0; j < 50; j++) {
        text.append(json.record(transform)).append(j == 49 ? "" : "\n");
      }
      bothWays.compare(transform, text.toString().getBytes(StandardCharsets.UTF_8));
    }
    System.out.printf(
        "JsonFuzzTest: %d sound records, %d read quickly%n",
        bothWays.records, bothWays.readQuickly);
    assertThat(bothWays.readQuickly).isEqualTo(bothWays.records);
  }
}
