package io.penstock.control.dialect.polaris;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.spec.S3Credentials;
import io.penstock.spec.SealedSecret;
import io.penstock.spec.SecretBox;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A connection as it is asked for, on its way into the catalog. Pure.
 *
 * @param settings what of it is shown, but for the name
 */
record ConnectionBody(String name, ObjectNode settings, Optional<S3Credentials> secrets) {
  private static final Set<String> KNOWN =
      Set.of(
          "type",
          "name",
          "bucket",
          "awsEndpoint",
          "prefix",
          "description",
          "awsAssumedRoleArn",
          "secrets",
          "region",
          "pathStyleAccess",
          "submittedByUser",
          "modifiedByUser",
          "submittedOnTimestamp",
          "modifiedOnTimestamp");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

  /**
   * @param rules where sources may be
   */
  static ConnectionBody read(JsonNode body, SourceRules rules, Problems problems) {
    Fields fields = new Fields(body, "", problems);
    fields.allowOnly(KNOWN);
    Optional<String> type = fields.requiredText("type");
    if (type.isPresent() && !type.get().equals("s3")) {
      fields.unsupported(
          "type", "Connections of type " + type.get() + " are not supported. Use s3.");
    }
    String name = fields.requiredText("name").orElse("");
    if (fields.has("name") && !NAME.matcher(name).matches()) {
      fields.bad("name", "name must have 1 to 64 of the characters A-Z a-z 0-9 . _ -");
    }
    ObjectNode settings = JsonNodeFactory.instance.objectNode();
    settings.put("type", "s3");
    fields.requiredText("bucket").ifPresent(bucket -> bucket(fields, bucket, rules, settings));
    fields.requiredText("awsEndpoint").ifPresent(text -> endpoint(fields, text, rules, settings));
    fields.text("region").ifPresent(region -> settings.put("region", region));
    fields.text("prefix").ifPresent(prefix -> settings.put("prefix", prefix));
    fields.text("description").ifPresent(text -> settings.put("description", text));
    if (!fields.truth("pathStyleAccess", true)) {
      fields.unsupported("pathStyleAccess", "Buckets are always addressed by path. Leave it out.");
    }
    if (fields.has("awsAssumedRoleArn")) {
      fields.unsupported(
          "awsAssumedRoleArn", "Roles cannot be assumed. Use secrets of access_key.");
    }
    return new ConnectionBody(name, settings, secrets(fields, settings));
  }

  private static void bucket(Fields fields, String bucket, SourceRules rules, ObjectNode settings) {
    if (!BUCKET.matcher(bucket).matches()) {
      fields.bad("bucket", "bucket must be the name of an S3 bucket but was \"" + bucket + "\".");
    } else if (!rules.allowsBucket(bucket)) {
      fields.bad("bucket", "The operator does not allow the bucket " + bucket + " as a source.");
    }
    settings.put("bucket", bucket);
  }

  private static void endpoint(Fields fields, String text, SourceRules rules, ObjectNode settings) {
    Optional<String> url = SourceRules.url(text);
    if (url.isEmpty()) {
      fields.bad("awsEndpoint", "awsEndpoint must be a host or a URL but was \"" + text + "\".");
    } else if (!rules.allowsEndpoint(url.get())) {
      fields.bad("awsEndpoint", "The operator does not allow the endpoint " + text + ".");
    }
    settings.put("awsEndpoint", text);
  }

  private static Optional<S3Credentials> secrets(Fields fields, ObjectNode settings) {
    if (!fields.has("secrets")) {
      return Optional.empty();
    }
    Fields secrets = fields.object("secrets", true);
    Optional<String> type = secrets.requiredText("type");
    if (type.filter("aws_iam"::equals).isPresent()) {
      secrets.unsupported("type", "Roles cannot be assumed. Use access_key.");
      return Optional.empty();
    }
    if (type.isPresent() && !type.get().equals("access_key")) {
      secrets.bad("type", "type must be access_key but was \"" + type.get() + "\".");
      return Optional.empty();
    }
    secrets.allowOnly(Set.of("type", "accessKeyId", "accessKeySecret"));
    Optional<String> id = secrets.requiredText("accessKeyId").filter(t -> !t.isEmpty());
    Optional<String> secret = secrets.requiredText("accessKeySecret").filter(t -> !t.isEmpty());
    id.ifPresent(
        text -> settings.putObject("secrets").put("type", "access_key").put("accessKeyId", text));
    return id.flatMap(i -> secret.map(s -> new S3Credentials(i, s, Optional.empty())));
  }

  Optional<SealedSecret> sealed(SecretBox box) {
    return secrets.map(box::seal);
  }
}
