package io.penstock.job.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JsonPathTest {
  private static final String RECORD =
      """
      {"foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "i\\\\j": 5, "k\\"l": 6, " ": 7, "m~n": 8,
       "deep": [{"x": {"0": null}}], "twice": 1, "twice": {"y": true}}""";

  private static Map<String, JsonValue> record() throws IOException {
    try (JsonParser parser = CompactJson.FACTORY.createParser(RECORD)) {
      parser.nextToken();
      return JsonPath.members(parser);
    }
  }

  /** The examples of RFC 6901, and some that lead nowhere. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          /foo          ; ["bar","baz"]
          /foo/0        ; "bar"
          /foo/1        ; "baz"
          /             ; 0
          /a~1b         ; 1
          /c%d          ; 2
          /i\\j          ; 5
          /k"l          ; 6
          '/ '          ; 7
          /m~0n         ; 8
          /deep/0/x/0   ; null
          /deep/0/x     ; {"0":null}
          /twice/y      ; true
          /foo/2        ; -
          /foo/-        ; -
          /foo/01       ; -
          /foo/bar      ; -
          /deep/0/y     ; -
          /deep/0/x/0/z ; -
          /a~1b/c       ; -
          /nowhere      ; -
          """)
  void aPointerLeadsTo(String pointer, String json) throws IOException {
    assertThat(JsonPath.of(pointer).find(record()).map(JsonValue::json).orElse("-"))
        .isEqualTo(json);
  }
}
