package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** The settings of a table and their defaults. */
final class TableSettings {
  /** Stands for the host that the client calls us by, which only a request knows. */
  static final String INTAKE_URL = "https://{host}/ingest/event";

  private static final int MAX_NAME = 256;

  private static final Shape STREAM =
      Shape.EMPTY
          .with("token_list", Field.list())
          .with("token_auth_enabled", Field.truth())
          .with("intake_head_url", Field.text(0).or(INTAKE_URL))
          .with("hot_data_max_age_minutes", Field.integer(0, 60))
          .with("hot_data_max_active_partitions", Field.integer(0, 12))
          .with("hot_data_max_rows_per_partition", Field.integer(0, 1_048_576))
          .with("hot_data_max_minutes_per_partition", Field.integer(0, 5))
          .with("hot_data_max_open_seconds", Field.integer(0, 20))
          .with("hot_data_max_idle_seconds", Field.integer(0, 10))
          .with("cold_data_max_age_days", Field.integer(0, 3_650))
          .with("cold_data_max_active_partitions", Field.integer(0, 168))
          .with("cold_data_max_rows_per_partition", Field.integer(0, 1_048_576))
          .with("cold_data_max_minutes_per_partition", Field.integer(0, 60))
          .with("cold_data_max_open_seconds", Field.integer(0, 60))
          .with("cold_data_max_idle_seconds", Field.integer(0, 30))
          .with("message_queue_max_rows", Field.integer(0, 500))
          .with("sample_rate", Field.any());

  private static final Shape MERGE =
      Shape.EMPTY
          .with("enabled", Field.truth(true))
          .with("sql", Field.any())
          .with("memory_coefficient", Field.any())
          .with(
              "pools",
              Field.optionalNested(
                  Shape.EMPTY
                      .with("small", Field.any())
                      .with("medium", Field.any())
                      .with("large", Field.any())));

  private static final Shape AUTOINGEST =
      Shape.EMPTY
          .with("enabled", Field.truth(false))
          .with("name", Field.text(MAX_NAME).asNullable())
          .with("transform", Field.text(MAX_NAME).asNullable())
          .with("source", Field.text(0).or(""))
          .with("source_region", Field.text(0).or(""))
          .with("pattern", Field.text(0).or(""))
          .with("max_rows_per_partition", Field.integer(1, 12_288_000))
          .with("max_minutes_per_partition", Field.integer(1, 60))
          .with("max_active_partitions", Field.integer(1, 50))
          .with("dry_run", Field.truth(false))
          .with("source_credential_id", Field.uuid().orNull())
          .with("bucket_credential_id", Field.uuid().orNull());

  private static final Shape STORAGE_MAP =
      Shape.EMPTY
          .with("default_storage_id", Field.any())
          .with("column_name", Field.any())
          .with("column_value_mapping", Field.any())
          .with("spread_list", Field.any());

  static final Shape SHAPE =
      Shape.EMPTY
          .with("default_query_options", Field.any().or(JsonNodeFactory.instance.objectNode()))
          .with("rate_limit", Field.any().orNull())
          .with("stream", Field.nested(STREAM))
          .with("age", Field.nested(Shape.EMPTY.with("max_age_days", Field.integer(0, 0))))
          .with("reaper", Field.nested(Shape.EMPTY.with("max_age_days", Field.integer(0, 1))))
          .with("merge", Field.nested(MERGE))
          .with("autoingest", Field.listOf(AUTOINGEST))
          .with("sort_keys", Field.list())
          .with("shard_key", Field.text(MAX_NAME).orNull())
          // Null is a value of its own here: no row lies too far ahead.
          .with("max_future_days", Field.integer(0, 0).asNullable())
          .with("max_request_bytes", Field.integer(0, 0))
          .with("summary", Field.optionalNested(Shape.EMPTY.with("sql", Field.any())))
          .with("storage_map", Field.optionalNested(STORAGE_MAP));

  private TableSettings() {}
}
