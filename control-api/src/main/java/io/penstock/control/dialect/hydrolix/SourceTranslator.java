package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.control.catalog.CatalogObject;
import io.penstock.control.http.Requests;
import io.penstock.control.job.JobDefinition;
import io.penstock.spec.ObjectSelection;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Translates {@code source.settings} of a batch job, in either generation. */
final class SourceTranslator {
  private static final Set<String> KNOWN =
      Set.of(
          "url",
          "bucket_name",
          "bucket_path",
          "cloud",
          "region",
          "endpoint",
          "credential_id",
          "account_name");
  private static final Set<String> CLOUDS = Set.of("aws", "gcp", "linode");

  private final Body settings;
  private final References references;

  SourceTranslator(Body settings, References references) {
    this.settings = settings;
    this.references = references;
  }

  /** Empty if something is wrong with it, which is noted. */
  Optional<JobDefinition.Source> translate(String filter, long maxObjects, long aggregation) {
    settings.allowOnly(KNOWN);
    boolean first = settings.has("url");
    boolean second = settings.has("bucket_name");
    if (first == second) {
      settings.wrong(
          first ? "non_field_errors" : "url",
          first ? "Give either url or bucket_name, not both." : Violations.REQUIRED);
      return Optional.empty();
    }
    Optional<SourceUrl> selected = first ? url() : bucket();
    Optional<String> region = settings.text("region", 64);
    Optional<String> endpoint = settings.text("endpoint", 512).filter(text -> !text.isEmpty());
    endpoint
        .filter(one -> !references.allowedEndpoint(one))
        .ifPresent(one -> settings.wrong("endpoint", "This endpoint is not allowed as a source."));
    Optional<CatalogObject> credential =
        settings
            .text("credential_id", 36)
            .flatMap(text -> selected.flatMap(source -> credential(text, source)));
    Optional<String> reached = endpoint.or(() -> ownEndpoint(credential, region));
    return selected.map(
        s ->
            new JobDefinition.Source(
                credential.map(CatalogObject::id),
                reached,
                region,
                s.scheme(),
                s.bucket(),
                s.selection(),
                filter,
                maxObjects,
                aggregation));
  }

  private Optional<SourceUrl> url() {
    Optional<SourceUrl> url = settings.text("url", 1_024).flatMap(SourceUrl::parse);
    if (url.isEmpty()) {
      settings.wrong("url", "Not a supported source URL.");
    }
    url.ifPresent(one -> allowed("url", one));
    return url;
  }

  private Optional<SourceUrl> bucket() {
    String bucket = settings.requiredText("bucket_name", 63);
    String cloud = settings.requiredText("cloud", 16);
    if (!cloud.isEmpty() && !CLOUDS.contains(cloud)) {
      settings.wrong("cloud", "\"" + cloud + "\" is not a valid choice.");
    }
    String scheme = cloud.equals("gcp") ? "gs" : "s3";
    String path = settings.text("bucket_path", 1_024).orElse("/");
    if (SourceUrl.parse("s3://" + bucket).isEmpty() || bucket.contains("/")) {
      settings.wrong("bucket_name", "Not a supported bucket name.");
      return Optional.empty();
    }
    ObjectSelection selection = SourceUrl.selection(path);
    SourceUrl url = new SourceUrl(scheme, bucket, selection);
    allowed("bucket_name", url);
    return Optional.of(url);
  }

  private void allowed(String field, SourceUrl url) {
    if (!references.allowedBucket(url.bucket())) {
      settings.wrong(field, "This bucket is not allowed as a source.");
    }
  }

  private Optional<CatalogObject> credential(String text, SourceUrl source) {
    Optional<UUID> id = Requests.uuid(text);
    Optional<CatalogObject> credential = id.flatMap(references::credential);
    if (id.isEmpty()) {
      settings.wrong("credential_id", "Must be a valid UUID.");
    } else if (credential.isEmpty()) {
      settings.wrong("credential_id", "Credential " + text + " was not found.");
    }
    credential.ifPresent(one -> usable(text, one, source));
    return credential;
  }

  private void usable(String text, CatalogObject credential, SourceUrl source) {
    JsonNode document = Requests.parse(credential.document());
    String type = document.path("type").asText();
    String cloud = document.path("cloud").asText("");
    // A URL of the first generation does not tell AWS from Linode.
    String wanted = settings.text("cloud", 16).orElse(source.scheme().equals("gs") ? "gcp" : "");
    boolean same = wanted.isEmpty() ? !cloud.equals("gcp") : wanted.equals(cloud);
    if (!CredentialType.of(type).map(CredentialType::usable).orElse(false)) {
      settings.wrong(
          "credential_id",
          "Credential %s is of the type %s, which cannot be used for jobs.".formatted(text, type));
    } else if (!same) {
      settings.wrong("credential_id", "Credential " + text + " is for another cloud.");
    }
  }

  /** Where keys are good at all, if not at AWS; a source need not say so. */
  private Optional<String> ownEndpoint(
      Optional<CatalogObject> credential, Optional<String> region) {
    String cloud =
        credential.map(one -> Requests.parse(one.document()).path("cloud").asText("")).orElse("");
    return switch (cloud) {
      case "gcp" -> Optional.of("https://storage.googleapis.com");
      case "linode" -> {
        if (region.isEmpty()) {
          settings.wrong("region", "A Linode source needs its region, or its endpoint.");
        }
        yield region.map(name -> "https://" + name + ".linodeobjects.com");
      }
      default -> Optional.empty();
    };
  }

  /** As sent; the second generation also shows what was left out. */
  static JsonNode echoed(JsonNode source) {
    JsonNode settings = source.path("settings");
    if (settings instanceof ObjectNode object && object.has("bucket_name")) {
      if (!object.has("bucket_path")) {
        object.put("bucket_path", "/");
      }
      if (!object.has("credential_id")) {
        object.putNull("credential_id");
      }
      if (!object.has("account_name")) {
        object.putNull("account_name");
      }
    }
    return source;
  }
}
