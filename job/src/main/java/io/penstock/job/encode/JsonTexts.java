package io.penstock.job.encode;

import java.nio.charset.StandardCharsets;

/** Texts as JSON strings, and JSON texts as the values they are. Of one thread. */
final class JsonTexts {
  private static final int MAX_DEPTH = 500;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final TextBuffer out;
  private byte[] in;
  private int at;
  private int end;

  JsonTexts(TextBuffer out) {
    this.out = out;
  }

  void putString(byte[] text, int from, int length) {
    out.put((byte) '"');
    int to = from + length;
    int copied = from;
    for (int i = from; i < to; i++) {
      byte b = text[i];
      // Bytes beyond ASCII are negative.
      if (b == '"' || b == '\\' || (b >= 0 && b < ' ')) {
        out.put(text, copied, i - copied);
        putEscaped(b);
        copied = i + 1;
      }
    }
    out.put(text, copied, to - copied);
    out.put((byte) '"');
  }

  private void putEscaped(byte b) {
    out.put((byte) '\\');
    switch (b) {
      case '"', '\\' -> out.put(b);
      case '\n' -> out.put((byte) 'n');
      case '\r' -> out.put((byte) 'r');
      case '\t' -> out.put((byte) 't');
      default -> {
        out.putAscii("u00");
        out.put(HEX[b >> 4]);
        out.put(HEX[b & 0xF]);
      }
    }
  }

  /** Without blanks and line ends; what is no JSON is a string. */
  void putJson(byte[] text, int from, int length) {
    int before = out.size();
    in = text;
    at = from;
    end = from + length;
    if (!copyValue(0) || !ended()) {
      out.shrink(before);
      putString(text, from, length);
    }
  }

  private boolean ended() {
    skipBlanks();
    return at == end;
  }

  private void skipBlanks() {
    while (at < end && (in[at] == ' ' || in[at] == '\n' || in[at] == '\r' || in[at] == '\t')) {
      at++;
    }
  }

  /** False if what comes is no value; what has been copied of it then is void. */
  private boolean copyValue(int depth) {
    skipBlanks();
    if (at == end || depth == MAX_DEPTH) {
      return false;
    }
    return switch (in[at]) {
      case '{' -> copyMembers(depth, (byte) '}', true);
      case '[' -> copyMembers(depth, (byte) ']', false);
      case '"' -> copyString();
      case 't' -> copyWord("true");
      case 'f' -> copyWord("false");
      case 'n' -> copyWord("null");
      default -> copyNumber();
    };
  }

  private boolean copyMembers(int depth, byte closing, boolean named) {
    out.put(in[at++]);
    skipBlanks();
    if (at < end && in[at] == closing) {
      out.put(in[at++]);
      return true;
    }
    while (true) {
      if (named && !copyName()) {
        return false;
      }
      if (!copyValue(depth + 1)) {
        return false;
      }
      skipBlanks();
      if (at == end || (in[at] != ',' && in[at] != closing)) {
        return false;
      }
      out.put(in[at]);
      if (in[at++] == closing) {
        return true;
      }
    }
  }

  private boolean copyName() {
    skipBlanks();
    if (at == end || in[at] != '"' || !copyString()) {
      return false;
    }
    skipBlanks();
    if (at == end || in[at] != ':') {
      return false;
    }
    out.put(in[at++]);
    return true;
  }

  private boolean copyString() {
    int from = at++;
    while (at < end && in[at] != '"') {
      byte b = in[at++];
      if (b >= 0 && b < ' ') {
        return false;
      }
      if (b == '\\' && !skipEscape()) {
        return false;
      }
    }
    if (at == end) {
      return false;
    }
    at++;
    out.put(in, from, at - from);
    return true;
  }

  private boolean skipEscape() {
    if (at == end) {
      return false;
    }
    byte kind = in[at++];
    if (kind != 'u') {
      return "\"\\/bfnrt".indexOf(kind) >= 0;
    }
    for (int i = 0; i < 4; i++, at++) {
      if (at == end || Character.digit(in[at], 16) < 0) {
        return false;
      }
    }
    return true;
  }

  private boolean copyWord(String word) {
    if (end - at < word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (in[at + i] != word.charAt(i)) {
        return false;
      }
    }
    out.put(in, at, word.length());
    at += word.length();
    return true;
  }

  private boolean copyNumber() {
    int from = at;
    if (at < end && in[at] == '-') {
      at++;
    }
    int whole = skipDigits();
    if (whole == 0 || (whole > 1 && in[at - whole] == '0')) {
      return false;
    }
    if (at < end && in[at] == '.') {
      at++;
      if (skipDigits() == 0) {
        return false;
      }
    }
    if (at < end && (in[at] == 'e' || in[at] == 'E')) {
      at++;
      if (at < end && (in[at] == '+' || in[at] == '-')) {
        at++;
      }
      if (skipDigits() == 0) {
        return false;
      }
    }
    out.put(in, from, at - from);
    return true;
  }

  private int skipDigits() {
    int from = at;
    while (at < end && in[at] >= '0' && in[at] <= '9') {
      at++;
    }
    return at - from;
  }
}
