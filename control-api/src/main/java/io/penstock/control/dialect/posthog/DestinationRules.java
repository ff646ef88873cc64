package io.penstock.control.dialect.posthog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.control.export.Destination;
import io.penstock.control.export.Endpoints;
import io.penstock.control.export.ExportModel;
import io.penstock.control.export.InlineKeys;
import io.penstock.control.export.Integration;
import io.penstock.control.export.Integrations;
import io.penstock.spec.SealedSecret;
import io.penstock.spec.SecretBox;
import io.penstock.spec.SpecJson;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/**
 * What a destination is checked against.
 *
 * @param model absent for a query that is of no one table
 */
record DestinationRules(
    UUID project,
    Optional<ExportModel> model,
    Integrations integrations,
    Endpoints endpoints,
    boolean inlineKeys,
    SecretBox secrets) {
  private static final int MOST_PARTITION_COLUMNS = 3;

  Optional<Integration> integration(int number) {
    return integrations.find(project, number);
  }

  void checkType(Destination.Type type) {
    if (type == Destination.Type.INLINE && !inlineKeys) {
      throw PosthogError.invalid(
          DestinationBody.DESTINATION,
          "Destination type 'S3' is deprecated. Use 'AwsS3' or 'S3Compatible' with an integration.");
    }
  }

  boolean hasEvents() {
    return model.flatMap(one -> one.column("event")).isPresent();
  }

  void checkEndpoint(String url) {
    Optional<String> trouble = url.isEmpty() ? Optional.empty() : endpoints.trouble(url);
    if (trouble.isPresent()) {
      throw PosthogError.invalid(
          DestinationBody.DESTINATION, "Invalid endpoint URL: " + trouble.get());
    }
  }

  void checkPartitionBy(JsonNode columns) {
    if (columns.isMissingNode() || columns.isNull()) {
      return;
    }
    boolean known = true;
    for (JsonNode column : columns) {
      known &=
          model
              .flatMap(one -> one.column(column.asText()))
              .filter(ExportModel.Column::exportable)
              .isPresent();
    }
    if (!known || columns.isEmpty() || columns.size() > MOST_PARTITION_COLUMNS) {
      throw PosthogError.invalid(
          DestinationBody.DESTINATION, "partition_by must be one to three exportable columns");
    }
  }

  /** Keys are taken out of the configuration and sealed; one that is not sent stays. */
  Destination kept(
      Destination.Type type,
      Optional<Integer> integration,
      ObjectNode config,
      Optional<SealedSecret> stored) {
    InlineKeys keys = stored.map(this::opened).orElse(InlineKeys.NONE);
    boolean sent = false;
    for (ConfigField field : ConfigField.values()) {
      if (field.isSecret() && config.has(field.wireName())) {
        Optional<String> value = Optional.ofNullable(config.remove(field.wireName()).textValue());
        keys = field == ConfigField.AWS_ACCESS_KEY_ID ? keys.withId(value) : keys.withSecret(value);
        sent = true;
      }
    }
    return new Destination(
        type, integration, config.toString(), sent ? Optional.of(sealed(keys)) : stored);
  }

  private InlineKeys opened(SealedSecret secret) {
    return SpecJson.read(
        secrets.openText(secret).getBytes(StandardCharsets.UTF_8), InlineKeys.class);
  }

  private SealedSecret sealed(InlineKeys keys) {
    return secrets.sealText(new String(SpecJson.write(keys), StandardCharsets.UTF_8));
  }
}
