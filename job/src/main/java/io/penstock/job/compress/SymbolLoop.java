package io.penstock.job.compress;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.DataFormatException;

/**
 * Decodes the symbols of a block, where inflating spends its time: input and output go by words,
 * and one look into a table may give two literals.
 */
final class SymbolLoop {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int MAX_DISTANCE_BITS = 28;
  private static final int FULL = 56;
  private static final int LONG_BITS_MASK = 63;
  private static final long EACH_BYTE = 0x0101_0101_0101_0101L;

  private final BitInput in;
  private final Window window;

  SymbolLoop(BitInput in, Window window) {
    this.in = in;
    this.window = window;
  }

  /** Why it stopped. */
  enum Stop {
    BLOCK_ENDED,
    WANTS_INPUT,
    WINDOW_FULL
  }

  /** Decodes what input and window allow; one method, so that all that changes is in registers. */
  Stop decode(DeflateCodes codes) throws IOException, DataFormatException {
    final int[] literals = codes.literals().entries;
    final int[] distances = codes.distances().entries;
    final byte[] input = in.stored.bytes;
    final byte[] output = window.bytes;
    final int inputLimit = in.stored.lastWord();
    final int outputLimit = window.limit();
    final int begin = window.begin;
    int position = in.stored.position;
    int end = window.end;
    long bits = in.bits;
    int count = in.count;
    boolean ended = false;
    while (position <= inputLimit && end <= outputLimit) {
      bits |= (long) LONG.get(input, position) << count;
      position += (LONG_BITS_MASK - count) >>> 3;
      count |= FULL;
      int entry = literals[(int) bits & DeflateCodes.LITERAL_INDEX];
      // A word holds three looks; more would need more bits.
      if (isLiteral(entry)) {
        SHORT.set(output, end, (short) (entry >>> HuffmanTable.VALUE_SHIFT));
        end += literals(entry);
        bits >>>= entry;
        count -= entry & HuffmanTable.DROP_MASK;
        entry = literals[(int) bits & DeflateCodes.LITERAL_INDEX];
        if (isLiteral(entry)) {
          SHORT.set(output, end, (short) (entry >>> HuffmanTable.VALUE_SHIFT));
          end += literals(entry);
          bits >>>= entry;
          count -= entry & HuffmanTable.DROP_MASK;
          entry = literals[(int) bits & DeflateCodes.LITERAL_INDEX];
          if (isLiteral(entry)) {
            SHORT.set(output, end, (short) (entry >>> HuffmanTable.VALUE_SHIFT));
            end += literals(entry);
            bits >>>= entry;
            count -= entry & HuffmanTable.DROP_MASK;
            continue;
          }
        }
      }
      if (entry < 0) {
        if ((entry & HuffmanTable.LINK) != 0) {
          entry = HuffmanTable.linked(literals, entry, bits);
          if (isLiteral(entry)) {
            output[end++] = (byte) (entry >>> HuffmanTable.VALUE_SHIFT);
            bits >>>= entry;
            count -= entry & HuffmanTable.DROP_MASK;
            continue;
          }
        }
        if (entry < 0) {
          bits >>>= entry;
          count -= entry & HuffmanTable.DROP_MASK;
          if ((entry & HuffmanTable.END) == 0) {
            throw new DataFormatException("a code stands for nothing");
          }
          ended = true;
          break;
        }
      }
      int length = HuffmanTable.value(entry, bits);
      bits >>>= entry;
      count -= entry & HuffmanTable.DROP_MASK;
      if (count < MAX_DISTANCE_BITS) {
        bits |= (long) LONG.get(input, position) << count;
        position += (LONG_BITS_MASK - count) >>> 3;
        count |= FULL;
      }
      entry = distances[(int) bits & DeflateCodes.DISTANCE_INDEX];
      if (entry < 0) {
        if ((entry & HuffmanTable.LINK) != 0) {
          entry = HuffmanTable.linked(distances, entry, bits);
        }
        if (entry < 0) {
          throw new DataFormatException("a code stands for nothing");
        }
      }
      int from = end - HuffmanTable.value(entry, bits);
      bits >>>= entry;
      count -= entry & HuffmanTable.DROP_MASK;
      if (from < begin) {
        throw new DataFormatException("a distance is too far back");
      }
      copyMatch(output, from, end, length);
      end += length;
    }
    in.stored.position = position;
    in.bits = bits;
    in.count = count;
    in.check();
    window.end = end;
    if (ended) {
      return Stop.BLOCK_ENDED;
    }
    return end > outputLimit ? Stop.WINDOW_FULL : Stop.WANTS_INPUT;
  }

  private static boolean isLiteral(int entry) {
    return (entry & HuffmanTable.LITERALS_MASK) != 0;
  }

  private static int literals(int entry) {
    return (entry >>> HuffmanTable.LITERALS_SHIFT) & 3;
  }

  /** May write a word more than the match is long. */
  private static void copyMatch(byte[] bytes, int from, int to, int length) {
    int end = to + length;
    int distance = to - from;
    if (distance >= Long.BYTES) {
      do {
        LONG.set(bytes, to, (long) LONG.get(bytes, from));
        from += Long.BYTES;
        to += Long.BYTES;
      } while (to < end);
    } else if (distance == 1) {
      long pattern = (bytes[from] & 0xffL) * EACH_BYTE;
      for (; to < end; to += Long.BYTES) {
        LONG.set(bytes, to, pattern);
      }
    } else {
      while (to < end) {
        bytes[to++] = bytes[from++];
      }
    }
  }
}
