package io.penstock.job.typed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Optional;

/** JSON in text. */
final class JsonTexts {
  private static final int MAX_LENGTH = 16 * 1024 * 1024;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(MAX_LENGTH)
                  .maxNestingDepth(500)
                  .build())
          .build();

  private JsonTexts() {}

  /** The one value that the text is, without blanks; empty if it is no JSON. */
  static Optional<String> compact(String text) {
    StringWriter compact = new StringWriter();
    try (JsonParser parser = FACTORY.createParser(text);
        JsonGenerator generator = FACTORY.createGenerator(compact)) {
      if (parser.nextToken() == null) {
        return Optional.empty();
      }
      generator.copyCurrentStructureExact(parser);
      if (parser.nextToken() != null) {
        return Optional.empty();
      }
    } catch (IOException e) {
      return Optional.empty();
    }
    return Optional.of(compact.toString());
  }
}
