package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The kinds of credentials that can be stored, and what each of them consists of. */
enum CredentialType {
  AWS_ACCESS_KEYS("aws", true, "access_key_id*", "secret_access_key*"),
  AWS_IAM_ROLE("aws", true, "role_arn*", "access_key_id", "secret_access_key"),
  AWS_TEMPORARY_SECURITY_CREDENTIALS_STS(
      "aws", true, "access_key_id*", "secret_access_key*", "session_token*"),
  GCP_HMAC_KEYS("gcp", true, "access_key_id*", "secret_access_key*"),
  GCP_SERVICE_ACCOUNT_KEYS(
      "gcp",
      false,
      "type*",
      "project_id*",
      "private_key_id*",
      "private_key*",
      "client_email*",
      "client_id*",
      "auth_uri*",
      "token_uri*",
      "auth_provider_x509_cert_url*",
      "client_x509_cert_url*"),
  LINODE_ACCESS_KEYS("linode", true, "access_key_id*", "secret_access_key*"),
  AWS_PRESIGNED_URLS("aws", false, "url*"),
  GCP_OAUTH_TOKENS("gcp", false, "access_token*"),
  GCP_SIGNED_URLS("gcp", false, "url*"),
  LINODE_API_TOKEN("linode", false, "token*"),
  AZURE_AD_CREDENTIALS("azure", false, "token*"),
  AZURE_SHARED_KEY_CREDENTIALS("azure", false, "account_name*", "account_key*"),
  AZURE_SHARED_ACCESS_SIGNATURE("azure", false, "sas_token*"),
  AZURE_CONNECTION_STRING("azure", false, "connection_string*"),
  AKAMAI_SIEM("", false, "host*", "entity_id*", "client_secret*", "client_token*", "access_token*");

  /** What may be shown; everything else is a secret, a key that nobody knows too. */
  private static final Set<String> SHOWN =
      Set.of(
          "access_key_id",
          "role_arn",
          "type",
          "project_id",
          "private_key_id",
          "client_email",
          "client_id",
          "auth_uri",
          "token_uri",
          "auth_provider_x509_cert_url",
          "client_x509_cert_url",
          "account_name",
          "host",
          "entity_id");

  private final Optional<String> cloud;
  private final boolean usable;
  private final List<Part> parts;

  CredentialType(String cloud, boolean usable, String... parts) {
    this.cloud = cloud.isEmpty() ? Optional.empty() : Optional.of(cloud);
    this.usable = usable;
    this.parts =
        Arrays.stream(parts)
            .map(part -> new Part(part.replace("*", ""), part.endsWith("*")))
            .toList();
  }

  /** A field of the details. */
  record Part(String name, boolean required) {}

  static List<String> names() {
    return Arrays.stream(values()).map(CredentialType::wireName).toList();
  }

  static Optional<CredentialType> of(String name) {
    return Arrays.stream(values()).filter(type -> type.wireName().equals(name)).findFirst();
  }

  static boolean secret(String part) {
    return !SHOWN.contains(part);
  }

  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Absent for what is of no cloud. */
  Optional<String> cloud() {
    return cloud;
  }

  /** Whether jobs can read sources with it: access keys of something that speaks S3, or a role. */
  boolean usable() {
    return usable;
  }

  List<Part> parts() {
    return parts;
  }

  /** All types with their fields. */
  static ObjectNode catalog() {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    for (CredentialType type : values()) {
      ObjectNode one = all.putObject(type.wireName());
      one.put("cloud", type.cloud.orElse(null));
      ObjectNode fields = one.putObject("fields");
      type.parts.forEach(part -> fields.putObject(part.name()).put("required", part.required()));
    }
    return all;
  }
}
