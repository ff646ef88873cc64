package io.penstock.control.dialect.polaris;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.control.catalog.CatalogObject;
import io.penstock.control.http.Requests;
import io.penstock.control.job.Principal;
import java.util.Optional;

/**
 * A connection as the catalog keeps it. Its document is one of a credential, which other products
 * can use, and beside that says which bucket it leads to. Pure.
 *
 * @param settings as they are shown
 */
record Connection(CatalogObject object, ObjectNode settings) {
  private static final String KEY = "connection";

  /** Empty for a credential that leads to no bucket. */
  static Optional<Connection> of(CatalogObject object) {
    return Requests.parse(object.document()).path(KEY) instanceof ObjectNode settings
        ? Optional.of(new Connection(object, settings))
        : Optional.empty();
  }

  /**
   * What the catalog is to keep.
   *
   * @param settings without a secret
   */
  static String document(ObjectNode settings, Principal submitted, Principal modified) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    JsonNode key = settings.path("secrets").path("accessKeyId");
    if (key.isTextual()) {
      document.put("type", "aws_access_keys").put("cloud", "aws");
      document
          .putObject("details")
          .put("access_key_id", key.textValue())
          .put("secret_access_key", "********");
    }
    ObjectNode kept = settings.deepCopy();
    kept.set("submittedByUser", PolarisJobJson.principal(submitted));
    kept.set("modifiedByUser", PolarisJobJson.principal(modified));
    document.set(KEY, kept);
    return document.toString();
  }

  String bucket() {
    return settings.path("bucket").asText();
  }

  /** Of all its keys; may be empty. */
  String prefix() {
    return settings.path("prefix").asText("");
  }

  /** A base URL. */
  String endpoint() {
    return SourceRules.url(settings.path("awsEndpoint").asText()).orElseThrow();
  }

  String region() {
    return settings.path("region").asText(SourceRules.region(endpoint()));
  }

  Principal submittedBy() {
    JsonNode user = settings.path("submittedByUser");
    return new Principal(
        Requests.uuid(user.path("userId").asText()).orElseThrow(), user.path("username").asText());
  }

  /** The settings as a request would bring them, without what only replies have. */
  ObjectNode asSent() {
    ObjectNode sent = settings.deepCopy();
    sent.remove("submittedByUser");
    sent.remove("modifiedByUser");
    sent.put("name", object.name());
    return sent;
  }

  ObjectNode json() {
    ObjectNode json = settings.deepCopy();
    json.put("name", object.name());
    json.put("submittedOnTimestamp", PolarisJobJson.timestamp(object.createdAt()));
    json.put("modifiedOnTimestamp", PolarisJobJson.timestamp(object.modifiedAt()));
    return json;
  }
}
