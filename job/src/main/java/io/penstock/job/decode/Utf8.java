package io.penstock.job.decode;

import io.penstock.spec.RejectCode;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Strict UTF-8. One for each thread. */
final class Utf8 {
  private static final byte[] REPLACEMENT = {(byte) 0xef, (byte) 0xbf, (byte) 0xbd};

  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final CharsetEncoder encoder =
      StandardCharsets.UTF_8
          .newEncoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .replaceWith(REPLACEMENT);

  /** Whether the bytes are UTF-8: no overlong forms, no surrogates, nothing past U+10FFFF. */
  static boolean isValid(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to) {
      if (i + Long.BYTES <= to && bytes[i] >= 0) {
        i += Words.first(Words.at(bytes, i) & Words.HIGHS);
      } else if (bytes[i] >= 0) {
        i++;
      } else {
        int length = lengthOfCharacter(bytes, i, to);
        if (length == 0) {
          return false;
        }
        i += length;
      }
    }
    return true;
  }

  /** In bytes, of a character beyond ASCII; 0 if it is malformed. */
  private static int lengthOfCharacter(byte[] bytes, int at, int to) {
    int first = bytes[at] & 0xff;
    int length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    if (first < 0xc2 || first > 0xf4 || to - at < length) {
      return 0;
    }
    int second = bytes[at + 1] & 0xff;
    // The second byte alone tells overlong forms, surrogates and what is too large.
    int lowest = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    int highest = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    if (second < lowest || second > highest) {
      return 0;
    }
    for (int i = 2; i < length; i++) {
      if ((bytes[at + i] & 0xc0) != 0x80) {
        return 0;
      }
    }
    return length;
  }

  /**
   * @throws RowRejected if the bytes are not UTF-8
   */
  void check(byte[] bytes, int from, int to) throws RowRejected {
    for (int i = from; i < to; i++) {
      if (bytes[i] < 0) {
        decode(bytes, from, to);
        return;
      }
    }
  }

  /**
   * @throws RowRejected if the bytes are not UTF-8
   */
  String decode(byte[] bytes, int from, int to) throws RowRejected {
    try {
      return decoder.decode(ByteBuffer.wrap(bytes, from, to - from)).toString();
    } catch (CharacterCodingException e) {
      throw RowRejected.record(RejectCode.INVALID_UTF8, "the record is not valid UTF-8");
    }
  }

  /** Half a surrogate pair, which JSON can spell but UTF-8 cannot, becomes U+FFFD. */
  ByteBuffer encode(String text) {
    try {
      return encoder.encode(CharBuffer.wrap(text));
    } catch (CharacterCodingException e) {
      throw new IllegalStateException("malformed input is replaced", e);
    }
  }
}
