package io.penstock.control.dialect.polaris;

import io.penstock.spec.RecordFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Settings of formats whose values have types of their own. */
final class TypedFormats {
  static final List<String> NAMES = List.of("parquet", "avro_ocf");

  static final FormatSettings PARQUET = of(new RecordFormat.Parquet(false));
  static final FormatSettings AVRO = of(new RecordFormat.Avro(false, false, Optional.empty()));

  private TypedFormats() {}

  private static FormatSettings of(RecordFormat format) {
    return new FormatSettings(format, List.of());
  }

  /** One of {@link #NAMES}. */
  static FormatSettings read(String format, Fields settings) {
    FormatSettings.refuseFlattening(settings);
    boolean binaryAsString = settings.truth("binaryAsString", false);
    if (format.equals("parquet")) {
      settings.allowOnly(Set.of("format", "binaryAsString", "flattenSpec"));
      return of(new RecordFormat.Parquet(binaryAsString));
    }
    settings.allowOnly(
        Set.of("format", "binaryAsString", "extractUnionsByType", "schema", "flattenSpec"));
    boolean byType = settings.truth("extractUnionsByType", false);
    Optional<String> schema =
        settings.has("schema")
            ? Optional.of(settings.object("schema", true).json().toString())
            : Optional.empty();
    if (schema.isPresent()) {
      checkSchema(settings);
    }
    return of(new RecordFormat.Avro(binaryAsString, byType, schema));
  }

  /** What else is wrong with it is told by the job, which has the library that knows. */
  private static void checkSchema(Fields settings) {
    String type = settings.json().path("schema").path("type").asText();
    if (settings.json().path("schema").isObject() && !type.equals("record")) {
      settings.bad("schema", "schema must be an Avro schema of the type record.");
    }
  }
}
