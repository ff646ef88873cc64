package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;

/** The objects of the catalog, field by field. */
final class Shapes {
  static final int MAX_NAME = 64;
  static final int MAX_DESCRIPTION = 256;

  private static final Shape NAMED =
      Shape.EMPTY
          .with("name", Field.text(MAX_NAME).asRequired())
          .with("description", Field.text(MAX_DESCRIPTION).orNull())
          .with("uuid", Field.uuid())
          .with("created", Field.moment())
          .with("modified", Field.moment())
          .with("url", Field.text(0).asReadOnly())
          .with("publish_task_id", Field.integer(0, 0).asReadOnly());

  static final Shape PROJECT =
      NAMED
          .with("org", Field.uuid().asReadOnly())
          .with(
              "settings",
              Field.nested(
                  Shape.EMPTY
                      .with(
                          "default_query_options",
                          Field.any().or(JsonNodeFactory.instance.objectNode()))
                      .with("blob", Field.any().orNull())
                      .with("rate_limit", Field.any().orNull())));

  static final Shape TABLE =
      NAMED
          .with("project", Field.uuid().asReadOnly())
          .with("settings", Field.nested(TableSettings.SHAPE))
          .with("type", Field.choice(List.of("turbine")).or("turbine"))
          .with("primary_key", Field.text(0).asReadOnly());

  static final Shape TRANSFORM =
      NAMED
          .with("table", Field.uuid().asReadOnly())
          .with(
              "type",
              Field.choice(List.of("csv", "json"), TransformRules.NOT_A_CHOICE).asRequired())
          .with(
              "settings",
              Field.nested(
                      Shape.EMPTY
                          .with("is_default", Field.truth(false))
                          .with("output_columns", Field.list().asRequired())
                          .with(
                              "format_details",
                              Field.any().or(JsonNodeFactory.instance.objectNode()))
                          .with("compression", Field.text(0).or("none"))
                          .with("null_values", Field.list())
                          .with("sql_transform", Field.text(0).orNull())
                          .with("sample_data", Field.any().orNull())
                          .with("rate_limit", Field.any().orNull())
                          .with("wurfl", Field.any().orNull())
                          .with("shadow_table", Field.any().orNull()))
                  .asRequired());

  static final Shape CREDENTIAL =
      NAMED
          .with("org", Field.uuid().asReadOnly())
          .with("type", Field.choice(CredentialType.names()).asRequired())
          .with("cloud", Field.text(0).asNullable())
          .with("details", Field.any().asRequired())
          .with("attached_resources", Field.any().asReadOnly());

  private Shapes() {}
}
