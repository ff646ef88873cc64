package io.penstock.control.dialect.hydrolix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.control.catalog.CatalogObject;
import io.penstock.control.catalog.CatalogObject.Kind;
import io.penstock.control.http.Requests;
import io.penstock.control.job.JobDefinition;
import io.penstock.control.job.Principal;
import io.penstock.control.job.TableRef;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.TimeLimits;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a table's settings make of its jobs. */
final class BatchJobTranslatorTest {
  private static final UUID ID = UUID.fromString("b7a1f3a0-55c7-4d0a-9f0e-0d6a3f7f8a21");
  private static final Instant NOW = Instant.parse("2026-11-02T12:00:00Z");
  private static final String TRANSFORM =
      """
      {"type": "json", "settings": {"output_columns": [
        {"name": "at", "datatype": {"type": "epoch", "primary": true, "format": "s"}},
        {"name": "town", "datatype": {"type": "string"}},
        {"name": "edition", "datatype": {"type": "uint32", "source": {"from_automatic_value": "table_revision"}}}]}}""";
  private static final String BODY =
      """
      {"type": "batch_import", "settings": {"source": {"table": "shop.orders", "settings": {"url": "s3://landing/"}}}}""";

  @Test
  void howFarAheadRowsMayLieIsFixedWhenTheJobIsMade() {
    assertThat(notAfter("{}")).contains(NOW);
    assertThat(notAfter("{\"max_future_days\": 0}")).contains(NOW);
    assertThat(notAfter("{\"max_future_days\": 2}"))
        .contains(Instant.parse("2026-11-04T12:00:00Z"));
    assertThat(notAfter("{\"max_future_days\": 9223372036854775807}"))
        .hasValueSatisfying(at -> assertThat(at).isAfter("2299-12-31T23:59:59Z"));
    assertThat(notAfter("{\"max_future_days\": null}")).isEmpty();
  }

  @Test
  void aRevisionIsWhatTheTableHadWhenTheJobWasMade() {
    assertThat(definition("{}").transform().columns().get(2).defaultValue()).contains("3");
  }

  @Test
  void rowsAreDividedByTheShardKeyIfTheTransformHasIt() {
    assertThat(definition("{\"shard_key\": \"town\"}").limits().shardColumn()).contains("town");
    assertThat(definition("{\"shard_key\": \"at\"}").limits().shardColumn()).isEmpty();
    assertThat(definition("{\"shard_key\": \"elsewhere\"}").limits().shardColumn()).isEmpty();
    assertThat(definition("{\"shard_key\": null}").limits().shardColumn()).isEmpty();
  }

  @Test
  void rowsAreSortedByTheSortKeysThatTheTransformHasAndThenByThePrimary() {
    assertThat(definition("{\"sort_keys\": [\"town\", \"elsewhere\"]}").limits().sortColumns())
        .containsExactly("town", "at");
    assertThat(definition("{\"sort_keys\": [\"at\", \"town\"]}").limits().sortColumns())
        .containsExactly("at", "town");
    assertThat(definition("{\"sort_keys\": [\"elsewhere\"]}").limits().sortColumns()).isEmpty();
    assertThat(definition("{\"sort_keys\": []}").limits().sortColumns()).isEmpty();
  }

  private static Optional<Instant> notAfter(String settings) {
    ColumnSpec time = definition(settings).transform().columns().get(0);
    TimeLimits limits = time.effectiveRules().timeLimits().orElseThrow();
    assertThat(limits.latest()).isBeforeOrEqualTo(limits.last());
    return limits.notAfter();
  }

  private static JobDefinition definition(String settings) {
    return BatchJobTranslator.translate(
            Requests.parse(BODY),
            ID,
            new Principal(ID, "ops@acme.example"),
            ID,
            new OneTable(Requests.parse(settings)),
            NOW)
        .definition();
  }

  /** A table with one transform. */
  private record OneTable(JsonNode tableSettings) implements References {
    @Override
    public Optional<TableRef> table(String name) {
      return Optional.of(new TableRef(ID, "shop", ID, "orders"));
    }

    @Override
    public JsonNode settings(TableRef table) {
      return tableSettings;
    }

    @Override
    public Optional<CatalogObject> transform(TableRef table, String name) {
      return Optional.empty();
    }

    @Override
    public Optional<CatalogObject> defaultTransform(TableRef table) {
      return Optional.of(
          new CatalogObject(
              ID,
              ID,
              Kind.TRANSFORM,
              ID,
              "json",
              Optional.empty(),
              TRANSFORM,
              Optional.empty(),
              NOW,
              NOW));
    }

    @Override
    public Optional<CatalogObject> credential(UUID id) {
      return Optional.empty();
    }

    @Override
    public int revision(UUID object) {
      return 3;
    }

    @Override
    public boolean allowedEndpoint(String endpoint) {
      return true;
    }

    @Override
    public boolean allowedBucket(String bucket) {
      return true;
    }
  }
}
