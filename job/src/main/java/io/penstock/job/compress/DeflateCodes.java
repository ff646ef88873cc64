package io.penstock.job.compress;

import java.io.IOException;
import java.util.Arrays;
import java.util.zip.DataFormatException;

/** The two codes of a block (RFC 1951, 3.2.6 and 3.2.7), read before its symbols. */
final class DeflateCodes {
  private static final int LITERAL_ROOT = 11;
  private static final int DISTANCE_ROOT = 8;
  private static final int LENGTH_ROOT = 7;

  static final int LITERAL_INDEX = (1 << LITERAL_ROOT) - 1;
  static final int DISTANCE_INDEX = (1 << DISTANCE_ROOT) - 1;

  private static final int MAX_LENGTH_CODES = 286;
  private static final int MAX_DISTANCE_CODES = 30;
  private static final int[] ORDER = {
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15
  };

  private static final Pair FIXED = fixedPair();

  private final Pair own = new Pair();
  private final HuffmanTable lengthCode =
      new HuffmanTable(LENGTH_ROOT, DeflateSymbols.codeLengths());
  private final byte[] lengths =
      new byte[DeflateSymbols.MAX_LENGTH_CODES + DeflateSymbols.DISTANCE_CODES];
  private int lengthCodes;
  private Pair current = FIXED;

  /** A block's codes. */
  private static final class Pair {
    private final HuffmanTable literals =
        new HuffmanTable(LITERAL_ROOT, DeflateSymbols.literalsAndLengths());
    private final HuffmanTable distances =
        new HuffmanTable(DISTANCE_ROOT, DeflateSymbols.distances());
    private final int[] singles = new int[LITERAL_INDEX + 1];

    void build(byte[] lengths, int lengthCodes, int distanceCodes) throws DataFormatException {
      literals.build(lengths, 0, lengthCodes, false);
      literals.pairLiterals(singles);
      distances.build(lengths, lengthCodes, distanceCodes, false);
    }
  }

  private static Pair fixedPair() {
    byte[] lengths = new byte[DeflateSymbols.MAX_LENGTH_CODES + DeflateSymbols.DISTANCE_CODES];
    Arrays.fill(lengths, 0, 144, (byte) 8);
    Arrays.fill(lengths, 144, 256, (byte) 9);
    Arrays.fill(lengths, 256, 280, (byte) 7);
    Arrays.fill(lengths, 280, DeflateSymbols.MAX_LENGTH_CODES, (byte) 8);
    Arrays.fill(lengths, DeflateSymbols.MAX_LENGTH_CODES, lengths.length, (byte) 5);
    Pair pair = new Pair();
    try {
      pair.build(lengths, DeflateSymbols.MAX_LENGTH_CODES, DeflateSymbols.DISTANCE_CODES);
    } catch (DataFormatException e) {
      throw new IllegalStateException("the fixed codes are complete", e);
    }
    return pair;
  }

  HuffmanTable literals() {
    return current.literals;
  }

  HuffmanTable distances() {
    return current.distances;
  }

  /** The codes are those that every decoder knows. */
  void fixed() {
    current = FIXED;
  }

  void read(BitInput in) throws IOException, DataFormatException {
    lengthCodes = in.bits(5) + 257;
    int distanceCodes = in.bits(5) + 1;
    int codeLengths = in.bits(4) + 4;
    if (lengthCodes > MAX_LENGTH_CODES || distanceCodes > MAX_DISTANCE_CODES) {
      throw new DataFormatException("a block has too many codes");
    }
    Arrays.fill(lengths, 0, DeflateSymbols.CODE_LENGTH_CODES, (byte) 0);
    for (int i = 0; i < codeLengths; i++) {
      lengths[ORDER[i]] = (byte) in.bits(3);
    }
    lengthCode.build(lengths, 0, DeflateSymbols.CODE_LENGTH_CODES, true);
    readLengths(in, lengthCodes + distanceCodes);
    if (lengths[DeflateSymbols.LITERALS] == 0) {
      throw new DataFormatException("a block has no end");
    }
    own.build(lengths, lengthCodes, distanceCodes);
    current = own;
  }

  /** Bits of the end's code, in the codes that were read last. */
  int endCodeBits() {
    return lengths[DeflateSymbols.LITERALS];
  }

  /** The end's code as it is in the stream, its first bit lowest. */
  int endCode() {
    int bits = endCodeBits();
    int code = 0;
    for (int symbol = 0; symbol < lengthCodes; symbol++) {
      int length = lengths[symbol];
      if (length > 0 && (length < bits || (length == bits && symbol < DeflateSymbols.LITERALS))) {
        // Shorter codes come first, and each takes the room of all that begin with it.
        code += 1 << (bits - length);
      }
    }
    return Integer.reverse(code) >>> (Integer.SIZE - bits);
  }

  private void readLengths(BitInput in, int total) throws IOException, DataFormatException {
    int filled = 0;
    while (filled < total) {
      int symbol = in.symbol(lengthCode.entries, LENGTH_ROOT);
      if (symbol < 16) {
        lengths[filled++] = (byte) symbol;
        continue;
      }
      int repeat;
      byte length = 0;
      if (symbol == 16) {
        if (filled == 0) {
          throw new DataFormatException("a block repeats a length before the first");
        }
        length = lengths[filled - 1];
        repeat = 3 + in.bits(2);
      } else {
        repeat = symbol == 17 ? 3 + in.bits(3) : 11 + in.bits(7);
      }
      if (filled + repeat > total) {
        throw new DataFormatException("a block repeats a length behind the last");
      }
      Arrays.fill(lengths, filled, filled + repeat, length);
      filled += repeat;
    }
  }
}
