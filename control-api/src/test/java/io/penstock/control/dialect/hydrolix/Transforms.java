package io.penstock.control.dialect.hydrolix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.control.http.Requests;
import io.penstock.job.decode.LoadedRows;
import io.penstock.spec.TransformSpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Transforms that tests write, translated, and what the job makes of an object by them. */
final class Transforms {
  static final Map<String, String> NAMES =
      Map.of(
          "intake_method", "batch",
          "intake_pool", "",
          "project_name", "shop",
          "project_uuid", "c3c20000-0000-0000-0000-000000000000",
          "table_name", "orders",
          "transform_name", "orders_json");

  private static final TransformTarget TARGET =
      new TransformTarget(NAMES, Optional.empty(), Instant.EPOCH);

  /** A primary that every JSON record of a test has, by the name {@code at}. */
  private static final String AT =
      """
      {"name": "at", "datatype": {"type": "epoch", "primary": true, "format": "s"}}""";

  private Transforms() {}

  /**
   * @param columns as in {@code output_columns}, without brackets
   */
  static TransformSpec json(String columns) {
    return translated("json", settings(columns));
  }

  /** One column by the name {@code v}. */
  static TransformSpec jsonColumn(String datatype) {
    return json("{\"name\": \"v\", \"datatype\": " + datatype + "}");
  }

  static List<String> refused(String columns) {
    JsonNode settings = Requests.parse(settings(columns));
    return TransformTranslator.translate("json", settings, TARGET).reasons();
  }

  static TransformSpec translated(String type, String settings) {
    return translated(type, settings, TARGET);
  }

  static TransformSpec translated(String type, String settings, TransformTarget target) {
    TransformTranslator.Translation translation =
        TransformTranslator.translate(type, Requests.parse(settings), target);
    assertThat(translation.reasons()).isEmpty();
    return translation.spec().orElseThrow();
  }

  private static String settings(String columns) {
    return "{\"output_columns\": [" + AT + "," + columns + "]}";
  }

  /** A record with the time that is needed, and this. */
  static LoadedRows load(TransformSpec transform, String members) {
    return LoadedRows.of(transform, "{\"at\": 1791356401, " + members + "}\n");
  }

  /** What becomes of the column {@code v}; the reason, behind an exclamation mark, if none. */
  static String value(String datatype, String json) {
    LoadedRows loaded = load(jsonColumn(datatype), "\"v\": " + json);
    return loaded.rows().isEmpty()
        ? "! " + loaded.reasons().get(0)
        : String.valueOf(loaded.rows().get(0).get("v"));
  }
}
