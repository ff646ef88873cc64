package io.penstock.job.decode;

import io.penstock.job.record.Utf8Bytes;
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
    return Utf8Bytes.areValid(bytes, from, to);
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
