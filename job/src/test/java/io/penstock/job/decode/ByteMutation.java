package io.penstock.job.decode;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Spoils bytes: changes, inserts, deletes, cuts off, splices. */
final class ByteMutation {
  private static final List<String> PIECES =
      List.of(
          "\"",
          "\\",
          "\\u",
          "\\ud83d",
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "\n",
          "\r",
          " ",
          "\t",
          "\0",
          "null",
          "true",
          "0",
          "-",
          ".",
          "e",
          "\u007f",
          "é",
          "\ufeff",
          "x",
          "\"a\":1,",
          "[[[[[[[[");

  private final Random random;

  ByteMutation(Random random) {
    this.random = random;
  }

  byte[] mutated(byte[] bytes, byte[] other) {
    byte[] result = bytes;
    for (int i = random.nextInt(3); i >= 0; i--) {
      result = once(result, other);
    }
    return result;
  }

  private byte[] once(byte[] bytes, byte[] other) {
    int at = random.nextInt(bytes.length + 1);
    int end = Math.min(bytes.length, at + 1 + random.nextInt(random.nextInt(6) == 0 ? 40 : 2));
    return switch (random.nextInt(7)) {
      case 0 -> joined(bytes, at, new byte[] {(byte) random.nextInt(256)}, 0, 1, end);
      case 1 -> joined(bytes, at, new byte[] {(byte) random.nextInt(256)}, 0, 1, at);
      case 2 -> joined(bytes, at, bytes, 0, 0, end);
      case 3 -> joined(bytes, at, bytes, 0, 0, bytes.length);
      case 4 -> {
        int from = random.nextInt(other.length + 1);
        yield joined(bytes, at, other, from, other.length, bytes.length);
      }
      case 5 -> {
        byte[] flipped = bytes.clone();
        if (at < flipped.length) {
          flipped[at] ^= (byte) (1 << random.nextInt(8));
        }
        yield flipped;
      }
      default -> {
        byte[] piece = PIECES.get(random.nextInt(PIECES.size())).getBytes(StandardCharsets.UTF_8);
        yield joined(bytes, at, piece, 0, piece.length, random.nextBoolean() ? at : end);
      }
    };
  }

  /** What is before {@code at}, a part of another array, and what is from {@code rest} on. */
  private static byte[] joined(byte[] bytes, int at, byte[] part, int from, int to, int rest) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, at);
    out.write(part, from, to - from);
    out.write(bytes, rest, bytes.length - rest);
    return out.toByteArray();
  }
}
