package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.spec.S3Credentials;
import io.penstock.spec.SealedSecret;
import io.penstock.spec.SecretBox;
import java.util.Map;
import java.util.Optional;

/** What a credential consists of, on its way to being sealed. */
final class CredentialDetails {
  private static final String MASK = "********";
  private static final String KEY_ID = "access_key_id";
  private static final String SECRET = "secret_access_key";

  private final Optional<CredentialType> type;
  private final ObjectNode details;

  private CredentialDetails(Optional<CredentialType> type, ObjectNode details) {
    this.type = type;
    this.details = details;
  }

  /**
   * Takes the details out of a credential, in which masks stay instead of secrets, and fills in its
   * cloud.
   */
  static CredentialDetails take(ObjectNode given, Violations violations) {
    Optional<CredentialType> type = CredentialType.of(given.path("type").asText());
    type.ifPresent(known -> cloud(given, known, violations));
    JsonNode details = given.path("details");
    if (!details.isObject()) {
      if (!details.isMissingNode()) {
        violations.add("details", "An object is required.");
      }
      return new CredentialDetails(type, given.objectNode());
    }
    type.ifPresent(known -> check(known, details, violations));
    ObjectNode masked = details.deepCopy();
    for (Map.Entry<String, JsonNode> part : details.properties()) {
      if (CredentialType.secret(part.getKey()) && !part.getValue().isNull()) {
        masked.put(part.getKey(), MASK);
      }
    }
    given.set("details", masked);
    return new CredentialDetails(type, (ObjectNode) details);
  }

  private static void cloud(ObjectNode given, CredentialType type, Violations violations) {
    String own = type.cloud().orElse(null);
    JsonNode said = given.path("cloud");
    if (said.isTextual() && !said.textValue().equals(own)) {
      violations.add("cloud", "\"" + said.textValue() + "\" is not a valid choice.");
    }
    given.put("cloud", own);
  }

  private static void check(CredentialType type, JsonNode details, Violations violations) {
    for (CredentialType.Part part : type.parts()) {
      JsonNode value = details.path(part.name());
      boolean empty = value.isTextual() && value.textValue().isEmpty();
      if (value.isMissingNode() || value.isNull() || (empty && part.required())) {
        if (part.required()) {
          violations.add("details." + part.name(), Violations.REQUIRED);
        }
      } else if (!value.isTextual()) {
        violations.add("details." + part.name(), "Not a valid string.");
      }
    }
    if (type == CredentialType.AWS_IAM_ROLE) {
      checkPair(details, violations);
    }
  }

  /** Without keys a role is assumed by the server's own, but half a pair is a slip. */
  private static void checkPair(JsonNode details, Violations violations) {
    boolean id = !details.path(KEY_ID).asText("").isEmpty();
    boolean secret = !details.path(SECRET).asText("").isEmpty();
    if (id != secret) {
      violations.add("details." + (id ? SECRET : KEY_ID), Violations.REQUIRED);
    }
  }

  /** Keys where a job can use them, else the details as they are. */
  Optional<SealedSecret> sealed(SecretBox secrets) {
    return type.map(
        known ->
            known.usable()
                ? secrets.seal(
                    new S3Credentials(
                        details.path(KEY_ID).asText(""),
                        details.path(SECRET).asText(""),
                        Optional.ofNullable(details.path("session_token").textValue()),
                        Optional.ofNullable(details.path("role_arn").textValue())))
                : secrets.sealText(details.toString()));
  }
}
