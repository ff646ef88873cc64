package io.penstock.control.dialect.hydrolix;

import java.util.List;

/** A batch job as {@code OPTIONS} describes it; {@link BatchJobTranslator} reads it. */
final class JobShape {
  static final List<String> STATUSES =
      List.of("ready", "running", "failed", "pending", "done", "canceled", "unknown");

  private static final Shape SOURCE_SETTINGS =
      Shape.EMPTY
          .with("url", Field.text(0))
          .with("bucket_name", Field.text(0))
          .with("bucket_path", Field.text(0))
          .with("cloud", Field.text(0))
          .with("region", Field.text(0))
          .with("endpoint", Field.text(0))
          .with("credential_id", Field.uuid())
          .with("account_name", Field.text(0).asReadOnly());

  private static final Shape SOURCE =
      Shape.EMPTY
          .with("table", Field.text(0).asRequired())
          .with("type", Field.text(0))
          .with("subtype", Field.text(0))
          .with("transform", Field.text(256))
          .with("settings", Field.nested(SOURCE_SETTINGS).asRequired());

  private static final Shape SETTINGS =
      Shape.EMPTY
          .with("max_active_partitions", Field.integer(1, 576))
          .with("max_rows_per_partition", Field.integer(1, 33_554_432))
          .with("max_minutes_per_partition", Field.integer(1, 15))
          .with("input_concurrency", Field.integer(1, 1))
          .with("input_aggregation", Field.integer(0, 1_536_000_000))
          .with("max_files", Field.integer(0, 0))
          .with("dry_run", Field.truth(false))
          .with("regex_filter", Field.text(0))
          .with("source", Field.nested(SOURCE).asRequired());

  static final Shape SHAPE =
      Shape.EMPTY
          .with("name", Field.text(Shapes.MAX_NAME))
          .with("description", Field.text(Shapes.MAX_DESCRIPTION))
          .with("uuid", Field.uuid())
          .with("created", Field.moment())
          .with("modified", Field.moment())
          .with("type", Field.text(256, List.of("batch_import")).asRequired())
          .with("status", Field.choice(STATUSES).asReadOnly())
          .with("org", Field.uuid().asReadOnly())
          .with("details", Field.any().asReadOnly())
          .with("created_by_user", Field.any().asReadOnly())
          .with("settings", Field.nested(SETTINGS).asRequired());

  private JobShape() {}
}
