package io.penstock.job.source;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.penstock.job.compress.UnreadableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What the records of Firehose envelopes hold, each with a line end behind it. An element that
 * holds nothing that can be decoded becomes a JSON text of it, which is no row, and so is rejected
 * and seen. One element at a time is in memory.
 */
final class FirehoseStream extends InputStream {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final byte[] NOTHING = {};

  private final InputStream in;
  private final JsonParser parser;
  private Place place = Place.BETWEEN;
  private boolean hadRecords;
  private byte[] piece = NOTHING;
  private int position;

  private enum Place {
    BETWEEN,
    ENVELOPE,
    RECORDS,
    END
  }

  FirehoseStream(InputStream in) throws IOException {
    this.in = in;
    this.parser = MAPPER.createParser(in);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    while (position == piece.length) {
      if (place == Place.END) {
        return -1;
      }
      piece = NOTHING;
      position = 0;
      try {
        advance();
      } catch (JsonProcessingException e) {
        throw unreadable(e);
      }
    }
    int count = Math.min(length, piece.length - position);
    System.arraycopy(piece, position, target, offset, count);
    position += count;
    return count;
  }

  private static UnreadableException unreadable(JsonProcessingException e) {
    String message = e.getOriginalMessage().lines().findFirst().orElse("");
    return new UnreadableException(
        e instanceof JsonEOFException || message.startsWith("Unexpected end-of-input")
            ? "unexpected end of the Firehose envelope"
            : "the Firehose envelope is not sound JSON at byte %d: %s"
                .formatted(e.getLocation().getByteOffset(), message),
        e);
  }

  /** To the next token of interest; it may give a piece. */
  private void advance() throws IOException {
    JsonToken token = parser.nextToken();
    switch (place) {
      case BETWEEN -> between(token);
      case ENVELOPE -> member(token);
      case RECORDS -> {
        if (token == JsonToken.END_ARRAY) {
          place = Place.ENVELOPE;
        } else {
          piece = line(MAPPER.readTree(parser));
        }
      }
      case END -> throw new IllegalStateException("there is nothing behind the end");
    }
  }

  /** Envelopes may follow one another, or be the elements of an array. */
  private void between(JsonToken token) throws IOException {
    if (token == null) {
      place = Place.END;
    } else if (token == JsonToken.START_OBJECT) {
      place = Place.ENVELOPE;
      hadRecords = false;
    } else if (token != JsonToken.START_ARRAY && token != JsonToken.END_ARRAY) {
      piece = rejected(parser.getText());
    }
  }

  private void member(JsonToken token) throws IOException {
    if (token == JsonToken.END_OBJECT) {
      place = Place.BETWEEN;
      piece = hadRecords ? NOTHING : rejected("a Firehose envelope without records");
      return;
    }
    boolean records = parser.currentName().equals("records");
    if (parser.nextToken() == JsonToken.START_ARRAY && records) {
      place = Place.RECORDS;
      hadRecords = true;
    } else {
      parser.skipChildren();
    }
  }

  private static byte[] line(JsonNode element) {
    JsonNode data = element.path("data");
    if (!data.isTextual()) {
      return rejected(element.toString());
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(data.textValue());
      byte[] line = new byte[bytes.length + 1];
      System.arraycopy(bytes, 0, line, 0, bytes.length);
      line[bytes.length] = '\n';
      return line;
    } catch (IllegalArgumentException e) {
      return rejected(data.textValue());
    }
  }

  private static byte[] rejected(String text) {
    return (TextNode.valueOf(text) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    parser.close();
    in.close();
  }
}
