package io.penstock.job.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Beside the decoder of the platform. */
final class Utf8Test {
  private static boolean reference(byte[] bytes, int from, int to) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  @Test
  void allCharactersOfUpToThreeBytesAndTheEndsOfFour() {
    byte[] bytes = new byte[4];
    for (int first = 0x80; first < 0x100; first++) {
      for (int second = 0; second < 0x100; second++) {
        bytes[0] = (byte) first;
        bytes[1] = (byte) second;
        for (int third : new int[] {0, 0x7f, 0x80, 0xa0, 0xbf, 0xc0, 0xff}) {
          bytes[2] = (byte) third;
          bytes[3] = (byte) 0x80;
          for (int to = 1; to <= 4; to++) {
            assertThat(Utf8.isValid(bytes, 0, to))
                .as("%x %x %x, %d", first, second, third, to)
                .isEqualTo(reference(bytes, 0, to));
          }
        }
      }
    }
  }

  @Test
  void randomTextSoundAndSpoilt() {
    Random random = new Random(5);
    for (int i = 0; i < 100_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(30); j > 0; j--) {
        text.appendCodePoint(
            switch (random.nextInt(4)) {
              case 0 -> 0x80 + random.nextInt(0x780);
              case 1 -> 0x800 + random.nextInt(0xd000);
              case 2 -> 0x10000 + random.nextInt(0x100000);
              default -> random.nextInt(0x80);
            });
      }
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      assertThat(Utf8.isValid(bytes, 0, bytes.length)).isTrue();
      if (bytes.length > 0) {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        int from = random.nextInt(bytes.length);
        assertThat(Utf8.isValid(bytes, from, bytes.length))
            .isEqualTo(reference(bytes, from, bytes.length));
      }
    }
  }
}
