package io.penstock.job.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridDecoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids, levels, byte ranges and bounds, each against parquet-java or the plain way to do it. */
final class PartsOfPagesTest {
  private final FileBuffers buffers = new FileBuffers(new BufferPool());
  private final GrowingBytes page = new GrowingBytes(buffers);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 13, 15, 16})
  void idsOfEveryWidthAreReadByParquetJava(int width) throws IOException {
    Random random = new Random(width);
    for (int trial = 0; trial < 50; trial++) {
      int[] ids = idsWithRuns(random, random.nextInt(3000), width);
      GrowingBytes held = new GrowingBytes(buffers);
      Arrays.stream(ids).forEach(held::putShort);
      page.resize(0);

      DictionaryIds.encode(held, width, page);

      assertThat(page.bytes()[0]).isEqualTo((byte) width);
      assertThat(decode(width, 1, ids.length)).isEqualTo(ids);
    }
  }

  private static int[] idsWithRuns(Random random, int count, int width) {
    int longest = 1 << random.nextInt(9);
    int[] ids = new int[count];
    for (int i = 0; i < count; i++) {
      boolean again = i > 0 && random.nextInt(longest) != 0;
      ids[i] = again ? ids[i - 1] : random.nextInt(1 << width);
    }
    return ids;
  }

  private int[] decode(int width, int from, int count) throws IOException {
    RunLengthBitPackingHybridDecoder decoder =
        new RunLengthBitPackingHybridDecoder(
            width, new ByteArrayInputStream(page.bytes(), from, page.size() - from));
    int[] values = new int[count];
    for (int i = 0; i < count; i++) {
      values[i] = decoder.readInt();
    }
    return values;
  }

  @Test
  void theWidthFitsEveryIdOfTheDictionary() {
    assertThat(IntStream.of(1, 2, 3, 4, 5, 256, 257, 65_536).map(DictionaryIds::width))
        .containsExactly(1, 1, 2, 2, 3, 8, 9, 16);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void levelsAreReadByParquetJava(long seed) throws IOException {
    Random random = new Random(seed);
    for (int trial = 0; trial < 50; trial++) {
      boolean[] isNull = nullsWithRuns(random, 1 + random.nextInt(3000));
      DefinitionLevels levels = new DefinitionLevels(buffers);
      int[] rows = IntStream.range(0, isNull.length).toArray();
      int from = 0;
      while (from < isNull.length) {
        int to = Math.min(isNull.length, from + 1 + random.nextInt(600));
        int present = (int) IntStream.range(from, to).filter(row -> !isNull[row]).count();
        levels.append(isNull, rows, from, to, present);
        from = to;
      }
      page.resize(0);

      levels.encode(page);

      assertThat(LittleEndian.intAt(page.bytes(), 0)).isEqualTo(page.size() - Integer.BYTES);
      int[] expected = IntStream.range(0, isNull.length).map(row -> isNull[row] ? 0 : 1).toArray();
      assertThat(decode(1, Integer.BYTES, isNull.length)).isEqualTo(expected);
      assertThat(levels.rows()).isEqualTo(isNull.length);
      assertThat(levels.nulls())
          .isEqualTo((int) Arrays.stream(expected).filter(l -> l == 0).count());
      levels.clear();
    }
  }

  private static boolean[] nullsWithRuns(Random random, int count) {
    int longest = 1 << random.nextInt(12);
    boolean[] nulls = new boolean[count];
    for (int i = 0; i < count; i++) {
      boolean again = i > 0 && random.nextInt(longest) != 0;
      nulls[i] = again ? nulls[i - 1] : random.nextBoolean();
    }
    return nulls;
  }

  @Test
  void byteRangesAreComparedHashedAndCopiedWhereverTheyLie() {
    Random random = new Random(61);
    for (int trial = 0; trial < 20_000; trial++) {
      int length = random.nextInt(trial % 10 == 0 ? 200 : 40);
      byte[] a = placed(random, length);
      int startA = random.nextInt(a.length - length + 1);
      byte[] b = placed(random, length);
      int startB = random.nextInt(b.length - length + 1);
      System.arraycopy(a, startA, b, startB, length);

      assertThat(ByteWords.equal(a, startA, b, startB, length)).isTrue();
      assertThat(ByteWords.hash(a, startA, length)).isEqualTo(ByteWords.hash(b, startB, length));
      assertThat(ByteWords.head(a, startA, length))
          .isEqualTo(ByteWords.head(Arrays.copyOfRange(a, startA, startA + length), 0, length));

      byte[] target = placed(random, length);
      int at = target.length - length;
      ByteWords.copy(a, startA, target, at, length);
      assertThat(Arrays.copyOfRange(target, at, at + length))
          .isEqualTo(Arrays.copyOfRange(a, startA, startA + length));

      if (length > 0) {
        b[startB + random.nextInt(length)] ^= (byte) (1 << random.nextInt(8));
        assertThat(ByteWords.equal(a, startA, b, startB, length)).isFalse();
        assertThat(ByteWords.hash(a, startA, length))
            .isNotEqualTo(ByteWords.hash(b, startB, length));
      }
    }
  }

  private static byte[] placed(Random random, int length) {
    byte[] bytes = new byte[length + random.nextInt(40)];
    random.nextBytes(bytes);
    return bytes;
  }

  @Test
  void boundsOfTextAreThoseOfItsBytes() {
    Random random = new Random(71);
    for (int trial = 0; trial < 3000; trial++) {
      TextRange range = new TextRange();
      String prefix = "é".repeat(random.nextInt(80));
      byte[] min = null;
      byte[] max = null;
      for (int i = 0; i < 20; i++) {
        String text = prefix + Integer.toString(random.nextInt(1 << random.nextInt(30)), 3);
        byte[] bytes = (random.nextInt(10) == 0 ? "" : text).getBytes(StandardCharsets.UTF_8);
        range.add(bytes, 0, bytes.length);
        min = min == null || Arrays.compareUnsigned(bytes, min) < 0 ? bytes : min;
        max = max == null || Arrays.compareUnsigned(bytes, max) > 0 ? bytes : max;
      }
      assertThat(range.lower())
          .isEqualTo(TextBounds.lower(new String(min, StandardCharsets.UTF_8)));
      assertThat(range.upper())
          .isEqualTo(TextBounds.upper(new String(max, StandardCharsets.UTF_8)));
    }
  }

  @Test
  void whatIsGivenBackIsLentAgainUpToABound() {
    BufferPool pool = new BufferPool();
    byte[] first = pool.take(1000);
    pool.give(first);

    assertThat(first).hasSize(1024);
    assertThat(pool.take(600)).isSameAs(first);
    assertThat(pool.take(1)).hasSize(64);
    List<byte[]> lent = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      lent.add(pool.take(1 << 20));
    }
    byte[] large = pool.take(3 << 20);
    assertThat(large).hasSize(4 << 20);

    pool.give(large);
    lent.forEach(pool::give);

    // 191 of 200, as the two small ones are still lent.
    assertThat(pool.idleBytes()).isEqualTo(191L << 20);
  }

  @Test
  void aFileKnowsWhatItHolds() {
    GrowingBytes bytes = new GrowingBytes(buffers);
    assertThat(buffers.heldBytes()).isZero();
    bytes.putVarint(300);
    assertThat(buffers.heldBytes()).isEqualTo(64);
    bytes.put(new byte[100], 0, 100);
    assertThat(buffers.heldBytes()).isEqualTo(128);
    assertThat(Arrays.copyOf(bytes.bytes(), 2)).isEqualTo(new byte[] {(byte) 0xAC, 2});
    bytes.release();
    assertThat(buffers.heldBytes()).isZero();
  }
}
