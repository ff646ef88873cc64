package io.penstock.job.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GzipStreamTest {
  private static final byte[] TEXT = "some text, ".repeat(50).getBytes(StandardCharsets.UTF_8);
  private static final int MAX_PIECE = 20_000;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11})
  void membersOfAllKindsAreReadWhereverReadsAreCut(int seed) throws Exception {
    Random random = new Random(seed);
    for (int round = 0; round < 8; round++) {
      ByteArrayOutputStream content = new ByteArrayOutputStream();
      ByteArrayOutputStream stored = new ByteArrayOutputStream();
      for (int members = 1 + random.nextInt(4); members > 0; members--) {
        int length = random.nextInt(4) == 0 ? random.nextInt(20) : random.nextInt(600_000);
        byte[] part = Gzips.content(random, length);
        content.writeBytes(part);
        stored.writeBytes(Gzips.member(part, Gzips.deflate(part, random)));
      }
      stored.writeBytes(new byte[random.nextInt(3) == 0 ? random.nextInt(2_000) : 0]);

      byte[] read = readInPieces(dribbling(stored.toByteArray(), random), random);

      assertThat(Arrays.equals(read, content.toByteArray())).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void largeObjectsOfManyMembersAreReadByWhateverDecodes(int seed) throws Exception {
    Random random = new Random(seed);
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    ByteArrayOutputStream stored = new ByteArrayOutputStream();
    while (stored.size() < 3_000_000) {
      int length = random.nextInt(3) == 0 ? random.nextInt(100) : random.nextInt(900_000);
      byte[] part = Gzips.content(random, length);
      for (int times = 1 + random.nextInt(4); times > 0; times--) {
        content.writeBytes(part);
        stored.writeBytes(Gzips.member(part, Gzips.deflate(part, random)));
      }
    }

    byte[] read = readInPieces(dribbling(stored.toByteArray(), random), random);

    assertThat(Arrays.equals(read, content.toByteArray())).isTrue();
  }

  @Test
  void aLargeStreamThatIsCutOrDamagedAnywhereIsRefused() {
    Random random = new Random(8);
    byte[] content = Gzips.content(random, 400_000);
    byte[] noise = new byte[200_000];
    random.nextBytes(noise);
    byte[] whole = concatenated(Gzips.member(content), Gzips.member(noise));
    for (int i = 0; i < 300; i++) {
      byte[] cut = Arrays.copyOf(whole, whole.length - 1 - random.nextInt(190_000));
      assertThatThrownBy(() -> read(cut)).isInstanceOf(IOException.class);
      byte[] damaged = whole.clone();
      damaged[whole.length - 1 - random.nextInt(199_000)] ^= 0x10;
      assertThatThrownBy(() -> read(damaged)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aThousandTinyAndEmptyMembersAreOneContent() throws Exception {
    ByteArrayOutputStream stored = new ByteArrayOutputStream();
    for (int i = 0; i < 1_000; i++) {
      stored.writeBytes(Gzips.member(i % 2 == 0 ? new byte[0] : new byte[] {(byte) i}));
    }

    assertThat(read(stored.toByteArray())).hasSize(500);
  }

  @Test
  void everyFieldOfAHeaderIsReadOver() throws Exception {
    byte[] deflated = Gzips.deflate(TEXT, new Random(1));
    byte[] extra = {3, 0, 1, 2, 3};
    byte[] all = bytes("\3\0\1\2\3name\0comment\0");
    byte[] head = Gzips.header(2 | 4 | 8 | 16, all);
    CRC32 crc = new CRC32();
    crc.update(head);
    byte[] checked = Arrays.copyOf(head, head.length + 2);
    checked[head.length] = (byte) crc.getValue();
    checked[head.length + 1] = (byte) (crc.getValue() >>> 8);

    assertThat(read(Gzips.member(TEXT, deflated, Gzips.header(4, extra)))).isEqualTo(TEXT);
    assertThat(read(Gzips.member(TEXT, deflated, Gzips.header(8, bytes("name\0")))))
        .isEqualTo(TEXT);
    assertThat(read(Gzips.member(TEXT, deflated, checked))).isEqualTo(TEXT);
    checked[head.length]++;
    assertThatThrownBy(() -> read(Gzips.member(TEXT, deflated, checked)))
        .isInstanceOf(ZipException.class)
        .hasMessageContaining("header");
  }

  @Test
  void aStreamCutAnywhereButBetweenMembersEndsEarly() {
    byte[] first = Gzips.member(TEXT);
    byte[] whole = concatenated(first, Gzips.member(TEXT, Gzips.deflate(TEXT, new Random(5))));
    for (int cut = 1; cut < whole.length; cut++) {
      byte[] stored = Arrays.copyOf(whole, cut);
      if (cut != first.length) {
        assertThatThrownBy(() -> read(stored)).isInstanceOf(EOFException.class);
      }
    }
  }

  @Test
  void noFlippedBitGivesOtherContent() {
    byte[] whole = Gzips.member(TEXT);
    for (int bit = 10 * 8; bit < whole.length * 8; bit++) {
      byte[] damaged = whole.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(failsOrGivesTheText(damaged)).as("bit %d", bit).isTrue();
    }
  }

  /** A few bits stand for nothing: those between the last block and the next whole byte. */
  private static boolean failsOrGivesTheText(byte[] stored) {
    try {
      return Arrays.equals(read(stored), TEXT);
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void whatFollowsTheLastMemberIsNotLostSilently() throws Exception {
    byte[] member = Gzips.member(TEXT);

    assertThat(read(concatenated(member, new byte[70_000]))).isEqualTo(TEXT);
    for (String tail : new String[] {"x", "\0\0x", "\37", "\37\213\10"}) {
      assertThatThrownBy(() -> read(concatenated(member, bytes(tail))))
          .isInstanceOf(IOException.class);
    }
  }

  /** Blocks as no compressor writes them: both decoders take them or neither does. */
  @Test
  void whatTheJdkRefusesIsRefusedAndWhatItTakesIsTheSame() throws Exception {
    Random random = new Random(3);
    StoredInput in = new StoredInput();
    Inflating ours = new JavaInflating(in);
    int taken = 0;
    for (int i = 0; i < 40_000; i++) {
      byte[] blocks = new byte[4 + random.nextInt(60)];
      random.nextBytes(blocks);
      if (random.nextBoolean()) {
        byte[] sound = Gzips.deflate(Gzips.content(random, 1 + random.nextInt(200)), random);
        System.arraycopy(blocks, 0, sound, random.nextInt(sound.length), 1);
        blocks = sound;
      }
      byte[] expected = byJdk(blocks);
      in.begin(new ByteArrayInputStream(blocks));
      byte[] found = byUs(ours);
      taken += expected == null ? 0 : 1;
      assertThat(found).as(HexFormat.of().formatHex(blocks)).isEqualTo(expected);
    }
    assertThat(taken).isGreaterThan(1_000);
  }

  private static byte[] byJdk(byte[] blocks) {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(blocks);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] buffer = new byte[1_000];
      int read = 1;
      while (read > 0) {
        read = inflater.inflate(buffer);
        out.write(buffer, 0, read);
      }
      return inflater.finished() ? out.toByteArray() : null;
    } catch (DataFormatException e) {
      return null;
    } finally {
      inflater.end();
    }
  }

  private static byte[] byUs(Inflating inflating) throws IOException {
    assertThat(inflating.begin()).isTrue();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[1_000];
    try {
      for (int read = inflating.inflate(buffer, 0, buffer.length);
          read > 0;
          read = inflating.inflate(buffer, 0, buffer.length)) {
        out.write(buffer, 0, read);
      }
      return out.toByteArray();
    } catch (DataFormatException | EOFException e) {
      return null;
    }
  }

  @Test
  void aStreamGivenUpInTheMiddleLeavesNothingToTheNext() throws Exception {
    Random random = new Random(4);
    byte[] large = Gzips.member(Gzips.content(random, 700_000));
    for (int i = 0; i < 40; i++) {
      try (GzipStream given = new GzipStream(new ByteArrayInputStream(large))) {
        assertThat(given.readNBytes(random.nextInt(400_000))).isNotNull();
      }
      assertThat(read(Gzips.member(TEXT))).isEqualTo(TEXT);
    }
  }

  private static byte[] read(byte[] stored) throws IOException {
    try (GzipStream in = new GzipStream(new ByteArrayInputStream(stored))) {
      return in.readAllBytes();
    }
  }

  private static byte[] readInPieces(InputStream stored, Random random) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] piece = new byte[MAX_PIECE];
    try (GzipStream in = new GzipStream(stored)) {
      int read = 0;
      while (read >= 0) {
        out.write(piece, 0, read);
        read = in.read(piece, 0, 1 + random.nextInt(MAX_PIECE));
      }
    }
    return out.toByteArray();
  }

  /** Gives few bytes at a time, and says that there are none. */
  private static InputStream dribbling(byte[] bytes, Random random) {
    int most = 1 + random.nextInt(20_000);
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] target, int offset, int length) {
        return super.read(target, offset, Math.min(length, 1 + random.nextInt(most)));
      }

      @Override
      public synchronized int available() {
        return 0;
      }
    };
  }

  private static byte[] concatenated(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
