package io.penstock.control.dialect.hydrolix;

import static io.penstock.control.dialect.hydrolix.Transforms.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.job.decode.LoadedRows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each type accepts, from the transform that a user writes to the value that is stored. */
final class TransformTypesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          uint8  | 255                    | 255
          uint8  | 256                    | ! v: strconv.ParseUint: parsing "256": value out of range
          uint8  | "7"                    | 7
          uint8  | "+7"                   | 7
          uint8  | 7.0                    | 7
          uint8  | 7.5                    | ! v: strconv.ParseUint: parsing "7.5": invalid syntax
          uint8  | true                   | 1
          uint8  | false                  | 0
          uint8  | ""                     | null
          uint8  | null                   | null
          uint8  | "abc"                  | ! v: strconv.ParseUint: parsing "abc": invalid syntax
          uint8  | [1]                    | ! v: strconv.ParseUint: parsing "[1]": invalid syntax
          int8   | -128                   | -128
          int8   | -129                   | ! v: strconv.ParseInt: parsing "-129": value out of range
          int32  | 2147483647             | 2147483647
          int32  | 2147483648             | ! v: strconv.ParseInt: parsing "2147483648": value out of range
          uint32 | 4294967295             | 4294967295
          uint32 | 4294967296             | ! v: strconv.ParseUint: parsing "4294967296": value out of range
          int64  | -9223372036854775808   | -9223372036854775808
          int64  | 9223372036854775808    | ! v: strconv.ParseInt: parsing "9223372036854775808": value out of range
          uint64 | "8489636120768036225"  | 8489636120768036225
          uint64 | 9223372036854775808    | 9223372036854775808
          uint64 | "18446744073709551615" | 18446744073709551615
          uint64 | 18446744073709551616   | ! v: strconv.ParseUint: parsing "18446744073709551616": value out of range
          uint64 | -1                     | ! v: strconv.ParseUint: parsing "-1": value out of range
          uint64 | 1e3                    | 1000
          double | 1.5                    | 1.5
          double | "-1.5e3"               | -1500.0
          double | "NaN"                  | NaN
          double | "Inf"                  | Infinity
          double | "-Inf"                 | -Infinity
          double | "x"                    | ! v: strconv.ParseFloat: parsing "x": invalid syntax
          double | ""                     | null
          bool   | true                   | 1
          bool   | false                  | 0
          bool   | "FALSE"                | 0
          bool   | "0"                    | 0
          bool   | 0                      | 0
          bool   | 2                      | 1
          boolean| "no"                   | 1
          boolean| -0.5                   | 1
          boolean| {"a":0}                | 1
          bool   | ""                     | null
          string | "text"                 | text
          string | ""                     | ''
          string | 1                      | 1
          string | 1.50                   | 1.50
          string | true                   | true
          string | [1, {"a": "ä"}]        | [1,{"a":"ä"}]
          json   | {"a": [1, 2]}          | {"a":[1,2]}
          json   | "text"                 | "text"
          json   | ""                     | null
          json   | 1.50                   | 1.50
          """)
  void aValueBecomes(String type, String json, String stored) {
    assertThat(value("{\"type\": \"" + type + "\"}", json)).isEqualTo(stored);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          s            | ms | 1722571980.802          | 2024-08-02T04:13:00.802Z
          s            |    | 1722571980.802          | 2024-08-02T04:13:00Z
          seconds      | ms | "1722571980.8029"       | 2024-08-02T04:13:00.802Z
          sec          | s  | 1722571980.802          | 2024-08-02T04:13:00Z
          cs           | ms | 172257198080            | 2024-08-02T04:13:00.800Z
          centiseconds | ms | 172257198080.29         | 2024-08-02T04:13:00.802Z
          ms           | ms | 1722571980802           | 2024-08-02T04:13:00.802Z
          milliseconds | s  | 1722571980802           | 2024-08-02T04:13:00Z
          us           | ms | 1722571980802999        | 2024-08-02T04:13:00.802Z
          microseconds | milliseconds | 1722571980802999 | 2024-08-02T04:13:00.802Z
          ns           | ms | 1722571980802999999     | 2024-08-02T04:13:00.802Z
          nanoseconds  | seconds | 1722571980802999999 | 2024-08-02T04:13:00Z
          s            | ms | -0.001                  | null
          s            | s  | 0                       | 1970-01-01T00:00:00Z
          s            | s  | 4294967295              | 2106-02-07T06:28:15Z
          s            | s  | 4294967296              | null
          ns           | s  | -99999999999999999999999 | null
          s            | s  | "soon"                  | ! v: strconv.ParseInt: parsing "soon": invalid syntax
          s            | s  | true                    | ! v: parsing time "true" as "epoch": cannot parse
          """)
  void epochs(String format, String resolution, String json, String stored) {
    String datatype =
        "{\"type\": \"epoch\", \"format\": \"%s\", \"resolution\": %s}"
            .formatted(format, resolution == null ? "null" : "\"" + resolution + "\"");
    assertThat(value(datatype, json)).isEqualTo(stored);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          datetime   | 1969-12-31 23:59:59 | null
          datetime   | 1970-01-01 00:00:00 | 1970-01-01T00:00:00Z
          datetime   | 2106-02-07 06:28:15 | 2106-02-07T06:28:15Z
          datetime   | 2106-02-07 06:28:16 | null
          datetime   | 1024-01-01 00:00:00 | null
          datetime   | 0000-01-01 00:00:00 | null
          datetime64 | 1899-12-31 23:59:59 | null
          datetime64 | 1900-01-01 00:00:00 | 1900-01-01T00:00:00Z
          datetime64 | 2299-12-31 23:59:59 | 2299-12-31T23:59:59Z
          datetime64 | 2300-01-01 00:00:00 | null
          datetime   | 2026-02-30 00:00:00 | ! v: parsing time "2026-02-30 00:00:00" as "2006-01-02 15:04:05": cannot parse
          """)
  void datesOutsideOfTheirTypesRangeAreNull(String type, String text, String stored) {
    assertThat(
            value(
                "{\"type\": \"" + type + "\", \"format\": \"2006-01-02 15:04:05\"}",
                "\"" + text + "\""))
        .isEqualTo(stored);
  }

  @Test
  void anExpressionWithNamedGroupsIsADateToo() {
    String datatype =
        """
        {"type": "datetime", "resolution": "ms",
         "format": "(?P<year>\\\\d+)/(?P<month>\\\\w+)/(?P<day>\\\\d+)@(?P<hour>\\\\d+)h"}""";
    assertThat(value(datatype, "\"2026/Oct/7@9h\"")).isEqualTo("2026-10-07T09:00:00Z");
    assertThat(value(datatype, "\"2026-10-07\"")).startsWith("! v: parsing time \"2026-10-07\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"type":"array","elements":[{"type":"uint8"}]}                    | [1, "2", null, true]  | [1,2,null,1]
          {"type":"array","elements":[{"type":"uint8"}]}                    | [300]                 | ! v: strconv.ParseUint: parsing "300": value out of range
          {"type":"array","elements":[{"type":"uint8","default":9}]}        | [1, null]             | [1,9]
          {"type":"array","elements":[{"type":"uint8","denullify":true}]}   | [1, null]             | [1,0]
          {"type":"array","elements":[{"type":"string","denullify":true}]}  | ["a", null, 1, [2]]   | ["a","","1","[2]"]
          {"type":"array","elements":[{"type":"string","null_values":["-"]}]} | ["-", "a\\"b"]      | [null,"a\\"b"]
          {"type":"array","elements":[{"type":"double"}]}                   | [1, "NaN", 0.5]       | [1.0,"NaN",0.5]
          {"type":"array","elements":[{"type":"bool"}]}                     | [2, "false", null]    | [true,false,null]
          {"type":"array","elements":[{"type":"json"}]}                     | [{"a": 1}, "x"]       | [{"a":1},"x"]
          {"type":"array","elements":[{"type":"epoch","format":"s"}]}       | [0, -5]               | ["1970-01-01T00:00:00Z",null]
          {"type":"array","elements":[{"type":"datetime","format":"2006","resolution":"ms"}]} | ["2026"] | ["2026-01-01T00:00:00.000Z"]
          {"type":"array","elements":[{"type":"array","elements":[{"type":"int8"}]}]} | [["1"], [], null] | [[1],[],null]
          {"type":"array","elements":[{"type":"uint8"}]}                    | "[1]"                 | ! v: parsing "[1]": not a JSON array
          {"type":"array","elements":[{"type":"uint8"}]}                    | {}                    | ! v: parsing "{}": not a JSON array
          {"type":"array","elements":[{"type":"uint8"}]}                    | ""                    | null
          {"type":"array","denullify":true,"elements":[{"type":"uint8"}]}   | null                  | []
          {"type":"array","default":[1, 2],"elements":[{"type":"uint8"}]}   | null                  | [1,2]
          {"type":"map","elements":[{"type":"string"},{"type":"int32"}]}    | {"a": "1", "b": null} | {"a":1,"b":null}
          {"type":"map","elements":[{"type":"uint8"},{"type":"string"}]}    | {"07": true}          | {"7":"true"}
          {"type":"map","elements":[{"type":"uint8"},{"type":"string"}]}    | {"7": "a", "07": "b"} | {"7":"b"}
          {"type":"map","elements":[{"type":"uint8"},{"type":"string"}]}    | {"x": 1}              | ! v: strconv.ParseUint: parsing "x": invalid syntax
          {"type":"map","elements":[{"type":"uint8"},{"type":"string"}]}    | {"": 1}               | ! v: parsing "": a key is null
          {"type":"map","elements":[{"type":"string"},{"type":"array","elements":[{"type":"uint8"}]}]} | {"a": [1, "2"]} | {"a":[1,2]}
          {"type":"map","elements":[{"type":"string"},{"type":"int32"}]}    | [1]                   | ! v: parsing "[1]": not a JSON object
          {"type":"map","denullify":true,"elements":[{"type":"string"},{"type":"int32"}]} | null    | {}
          """)
  void elementsAreConvertedOneByOne(String datatype, String json, String stored) {
    assertThat(value(datatype, json)).isEqualTo(stored);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"type":"int32","default":7}                            | null    | 7
          {"type":"int32","default":"7"}                          | ""      | 7
          {"type":"int32","default":true}                         | null    | 1
          {"type":"int32","default":""}                           | null    | null
          {"type":"int32","null_values":["-1"],"default":7}       | -1      | 7
          {"type":"int32","denullify":true}                       | null    | 0
          {"type":"int32","denullify":true,"default":5}           | null    | 5
          {"type":"double","denullify":true}                      | null    | 0.0
          {"type":"string","denullify":true}                      | null    | ''
          {"type":"string","null_values":["","-"],"default":"x"}  | ""      | x
          {"type":"string","default":"x"}                         | ""      | ''
          {"type":"string","default":{"a": 1}}                    | null    | {"a":1}
          {"type":"bool","denullify":true}                        | null    | 0
          {"type":"json","default":"x"}                           | null    | "x"
          {"type":"json","denullify":true}                        | ""      | {}
          {"type":"epoch","format":"s","denullify":true}          | null    | 1970-01-01T00:00:00Z
          {"type":"epoch","format":"s","denullify":true}          | -1      | 1970-01-01T00:00:00Z
          {"type":"epoch","format":"s","default":60}              | null    | 1970-01-01T00:01:00Z
          {"type":"epoch","format":"s","default":60}              | -1      | null
          {"type":"datetime","format":"2006","default":"2026"}    | ""      | 2026-01-01T00:00:00Z
          """)
  void nullAndWhatStandsInForIt(String datatype, String json, String stored) {
    assertThat(value(datatype, json)).isEqualTo(stored);
  }

  @Test
  void anAbsentFieldIsNullAsWell() {
    assertThat(
            Transforms.load(
                    Transforms.jsonColumn("{\"type\": \"uint8\", \"default\": 3}"), "\"w\": 1")
                .onlyRow())
        .containsEntry("v", "3");
  }

  @Test
  void aPrimaryOutOfRangeOrAbsentRejectsItsRow() {
    LoadedRows loaded =
        LoadedRows.of(
            Transforms.jsonColumn("{\"type\": \"string\"}"),
            "{\"at\": -1}\n{\"at\": null}\n{\"at\": 4294967296}\n{\"at\": 5.9}\n{\"at\": \"x\"}\n");
    assertThat(loaded.rows()).singleElement().asString().contains("1970-01-01T00:00:05Z");
    assertThat(loaded.reasons())
        .containsExactly(
            "at: parsing time \"-1\": not from 1970-01-01T00:00:00Z to 2106-02-07T06:28:15.999999Z",
            "at: the row has no time",
            "at: parsing time \"4294967296\": not from 1970-01-01T00:00:00Z to"
                + " 2106-02-07T06:28:15.999999Z",
            "at: strconv.ParseInt: parsing \"x\": invalid syntax");
  }
}
