package io.penstock.job.compress;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Gzip members of all kinds, and content to fill them. */
final class Gzips {
  private static final int[] STRATEGIES = {
    Deflater.DEFAULT_STRATEGY, Deflater.FILTERED, Deflater.HUFFMAN_ONLY
  };
  private static final int[] FLUSHES = {
    Deflater.NO_FLUSH, Deflater.SYNC_FLUSH, Deflater.FULL_FLUSH
  };
  private static final int[] HEAD = {0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3};

  private Gzips() {}

  static byte[] member(byte[] content) {
    return member(content, deflate(content, new Random(content.length)));
  }

  static byte[] member(byte[] content, byte[] deflated) {
    return member(content, deflated, header(0, new byte[0]));
  }

  static byte[] member(byte[] content, byte[] deflated, byte[] header) {
    CRC32 crc = new CRC32();
    crc.update(content);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(header);
    out.writeBytes(deflated);
    writeInt(out, (int) crc.getValue());
    writeInt(out, content.length);
    return out.toByteArray();
  }

  static byte[] header(int flags, byte[] fields) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < HEAD.length; i++) {
      out.write(i == 3 ? flags : HEAD[i]);
    }
    out.writeBytes(fields);
    return out.toByteArray();
  }

  private static void writeInt(ByteArrayOutputStream out, int value) {
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      out.write(value >>> shift);
    }
  }

  /** By any level, any strategy, and flushed anywhere. */
  static byte[] deflate(byte[] content, Random random) {
    Deflater deflater = new Deflater(random.nextInt(10), true);
    deflater.setStrategy(STRATEGIES[random.nextInt(STRATEGIES.length)]);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[8 * 1024];
    int done = 0;
    boolean flushed = random.nextInt(3) == 0;
    while (flushed && done < content.length && random.nextInt(8) > 0) {
      int piece = random.nextInt(content.length - done + 1);
      deflater.setInput(content, done, piece);
      done += piece;
      int flush = FLUSHES[random.nextInt(FLUSHES.length)];
      int written = buffer.length;
      while (written == buffer.length || !deflater.needsInput()) {
        written = deflater.deflate(buffer, 0, buffer.length, flush);
        out.write(buffer, 0, written);
      }
    }
    deflater.setInput(content, done, content.length - done);
    deflater.finish();
    while (!deflater.finished()) {
      out.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    return out.toByteArray();
  }

  /** Text, noise, runs, far repetitions, or all of them in turn. */
  static byte[] content(Random random, int length) {
    byte[] all = new byte[length];
    int kind = random.nextInt(6);
    int filled = 0;
    while (filled < length) {
      byte[] piece =
          switch (kind == 5 ? random.nextInt(5) : kind) {
            case 0 ->
                "{\"id\":%d,\"name\":\"n%d\",\"v\":%s}\n"
                    .formatted(random.nextInt(), random.nextInt(50), random.nextDouble())
                    .getBytes(StandardCharsets.UTF_8);
            case 1 -> noise(random, 1 + random.nextInt(3_000), 256);
            case 2 -> new byte[1 + random.nextInt(5_000)];
            case 3 -> noise(random, 1 + random.nextInt(3_000), 2 + random.nextInt(6));
            default -> repetition(random, all, filled);
          };
      int taken = Math.min(piece.length, length - filled);
      System.arraycopy(piece, 0, all, filled, taken);
      filled += taken;
    }
    return all;
  }

  private static byte[] noise(Random random, int length, int symbols) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) random.nextInt(symbols);
    }
    return bytes;
  }

  /** Something from up to the longest distance before. */
  private static byte[] repetition(Random random, byte[] all, int filled) {
    if (filled == 0) {
      return new byte[] {(byte) random.nextInt()};
    }
    int from = Math.max(0, filled - 1 - random.nextInt(40_000));
    byte[] piece = new byte[1 + random.nextInt(300)];
    for (int i = 0; i < piece.length; i++) {
      piece[i] = all[from + i % (filled - from)];
    }
    return piece;
  }
}
