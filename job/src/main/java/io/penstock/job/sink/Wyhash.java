package io.penstock.job.sink;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The 64-bit hash of this name, in its final version 1 with seed 0, by which shards are known. */
final class Wyhash {
  private static final long P0 = 0xa0761d6478bd642fL;
  private static final long P1 = 0xe7037ed1a0b428dbL;
  private static final long P2 = 0x8ebc6af09c88c6e3L;
  private static final long P3 = 0x589965cc75374cc3L;
  private static final long P4 = 0x1d8e4e27c47d124fL;
  private static final int INT = Integer.BYTES;
  private static final int LONG = Long.BYTES;
  private static final int PAIR = 2 * LONG;
  private static final int BLOCK = 4 * PAIR;
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Wyhash() {}

  static long of(byte[] bytes) {
    long state = P0;
    int at = 0;
    int left = bytes.length;
    if (left > BLOCK) {
      long second = state;
      while (left > BLOCK) {
        state = pair(bytes, at, P1, state) ^ pair(bytes, at + PAIR, P2, state);
        second = pair(bytes, at + 2 * PAIR, P3, second) ^ pair(bytes, at + 3 * PAIR, P4, second);
        at += BLOCK;
        left -= BLOCK;
      }
      state ^= second;
    }
    while (left > PAIR) {
      state = pair(bytes, at, P1, state);
      at += PAIR;
      left -= PAIR;
    }
    return mix(P1 ^ bytes.length, rest(bytes, at, left, state));
  }

  private static long pair(byte[] bytes, int at, long secret, long state) {
    return mix(eight(bytes, at) ^ secret, eight(bytes, at + LONG) ^ state);
  }

  /** Of the last bytes, 16 at the most. */
  private static long rest(byte[] bytes, int at, int left, long state) {
    long a = 0;
    long b = 0;
    if (left > LONG) {
      a = eight(bytes, at);
      b = eight(bytes, at + left - LONG);
    } else if (left >= INT) {
      a = four(bytes, at);
      b = four(bytes, at + left - INT);
    } else if (left > 0) {
      a =
          (bytes[at] & 0xffL) << 16
              | (bytes[at + (left >> 1)] & 0xffL) << 8
              | (bytes[at + left - 1] & 0xffL);
    }
    return mix(a ^ P1, b ^ state);
  }

  private static long four(byte[] bytes, int at) {
    return (int) INTS.get(bytes, at) & 0xffffffffL;
  }

  private static long eight(byte[] bytes, int at) {
    return (long) LONGS.get(bytes, at);
  }

  /** Both halves of the unsigned product, one upon the other. */
  private static long mix(long a, long b) {
    long high = Math.multiplyHigh(a, b) + ((a >> 63) & b) + ((b >> 63) & a);
    return (a * b) ^ high;
  }
}
