package io.penstock.control.dialect.hydrolix;

import static io.penstock.control.dialect.hydrolix.TestApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.control.catalog.CatalogObject;
import io.penstock.control.catalog.CatalogObject.Kind;
import io.penstock.control.dialect.hydrolix.TestApi.Reply;
import io.penstock.spec.S3Credentials;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Credentials over HTTP: each type stored, masked, used and let go. */
final class CredentialRoutesTest {
  private static final String MASK = "********";

  @TempDir static Path folder;
  private static TestApi api;
  private static int rows;

  @BeforeAll
  static void start() {
    api = TestApi.start(folder);
    String table = api.table("shop", "orders");
    api.made(
        table + "/transforms",
        """
        {"name": "csv", "type": "csv", "settings": {"is_default": true, "output_columns": [
          {"name": "at", "datatype": {"type": "epoch", "primary": true, "format": "s"}}]}}""");
  }

  @AfterAll
  static void stop() {
    System.out.println("credentials: " + rows + " types");
    api.close();
  }

  private static ObjectNode body(CredentialType type, String name) {
    ObjectNode body = new ObjectMapper().createObjectNode();
    body.put("name", name).put("type", type.wireName());
    ObjectNode details = body.putObject("details");
    type.parts().forEach(part -> details.put(part.name(), "the " + part.name()));
    return body;
  }

  private static Reply job(JsonNode credential, String cloud, String name) {
    return api.send(
        "POST",
        "/jobs/batch",
        """
        {"name": "%s", "type": "batch_import", "settings": {"source": {"table": "shop.orders", "settings": {
          "bucket_name": "landing", "cloud": "%s", "region": "us-east-1", "credential_id": "%s"}}}}"""
            .formatted(name, cloud, credential.path("uuid").asText()));
  }

  @ParameterizedTest
  @EnumSource(CredentialType.class)
  void everyTypeIsStoredMaskedAndUsedIfItCanBe(CredentialType type) {
    String name = type.wireName();
    JsonNode made = api.made("/credentials/", body(type, name).toString());

    assertThat(made.path("cloud").asText(null)).isEqualTo(type.cloud().orElse(null));
    for (CredentialType.Part part : type.parts()) {
      String shown = made.path("details").path(part.name()).asText();
      assertThat(shown).isEqualTo(CredentialType.secret(part.name()) ? MASK : "the " + part.name());
    }
    assertThat(made.path("attached_resources")).isEqualTo(json("{\"tables\": [], \"jobs\": []}"));
    assertThat(api.get("/credentials/" + made.path("uuid").asText()).json()).isEqualTo(made);
    Reply job = job(made, type.cloud().orElse("aws"), name);
    if (type.usable()) {
      assertThat(job.status()).isEqualTo(201);
    } else {
      assertThat(job.json().at("/settings/source/settings/credential_id/0").asText())
          .isEqualTo(
              "Credential %s is of the type %s, which cannot be used for jobs."
                  .formatted(made.path("uuid").asText(), name));
    }
    rows++;
  }

  @ParameterizedTest
  @EnumSource(CredentialType.class)
  void whatIsMissingOfATypeIsNamed(CredentialType type) {
    Reply reply =
        api.send(
            "POST",
            "/credentials",
            "{\"name\": \"x\", \"type\": \"" + type.wireName() + "\", \"details\": {}}");

    assertThat(reply.status()).isEqualTo(400);
    ObjectNode expected = new ObjectMapper().createObjectNode();
    ObjectNode details = expected.putObject("details");
    type.parts().stream()
        .filter(CredentialType.Part::required)
        .forEach(part -> details.putArray(part.name()).add("This field is required."));
    assertThat(reply.json()).isEqualTo(expected);
  }

  @Test
  void theTypesAreListedWithTheirFields() {
    JsonNode types = api.get("/credentials/types/").json();

    assertThat(types).hasSize(15);
    assertThat(types.path("aws_iam_role"))
        .isEqualTo(
            json(
                """
                {"cloud": "aws", "fields": {"role_arn": {"required": true}, "access_key_id": {"required": false}, "secret_access_key": {"required": false}}}"""));
    assertThat(types.path("akamai_siem").path("cloud").isNull()).isTrue();
  }

  @Test
  void aSessionTokenIsSealedWithItsKeys() {
    JsonNode made =
        api.made(
            "/credentials",
            body(CredentialType.AWS_TEMPORARY_SECURITY_CREDENTIALS_STS, "sts").toString());

    CatalogObject stored =
        api.catalog
            .find(api.organization, Kind.CONNECTION, UUID.fromString(made.path("uuid").asText()))
            .orElseThrow();
    assertThat(stored.document()).doesNotContain("the secret_access_key", "the session_token");
    assertThat(api.secrets.open(stored.secret().orElseThrow()))
        .isEqualTo(
            new S3Credentials(
                "the access_key_id", "the secret_access_key", Optional.of("the session_token")));
  }

  @Test
  void aRoleIsSealedWithTheKeysThatAssumeItOrWithNone() {
    String role =
        """
        {"name": "%s", "type": "aws_iam_role", "details": {"role_arn": "arn:aws:iam::1:role/r"%s}}""";

    String own = api.made("/credentials", role.formatted("own", "")).path("uuid").asText();
    String keys = ", \"access_key_id\": \"a\", \"secret_access_key\": \"s\"";
    String given = api.made("/credentials", role.formatted("given", keys)).path("uuid").asText();

    Optional<String> arn = Optional.of("arn:aws:iam::1:role/r");
    assertThat(opened(own)).isEqualTo(new S3Credentials("", "", Optional.empty(), arn));
    assertThat(opened(given)).isEqualTo(new S3Credentials("a", "s", Optional.empty(), arn));
    String half = ", \"access_key_id\": \"a\"";
    assertThat(api.send("POST", "/credentials", role.formatted("half", half)).json())
        .isEqualTo(json("{\"details\": {\"secret_access_key\": [\"This field is required.\"]}}"));
  }

  private static S3Credentials opened(String credential) {
    return api.secrets.open(
        api.catalog
            .find(api.organization, Kind.CONNECTION, UUID.fromString(credential))
            .orElseThrow()
            .secret()
            .orElseThrow());
  }

  @Test
  void keysThatNobodyKnowsAreSecrets() {
    ObjectNode body = body(CredentialType.GCP_SERVICE_ACCOUNT_KEYS, "unknown");
    ((ObjectNode) body.path("details")).put("passphrase", "hush");

    JsonNode made = api.made("/credentials", body.toString());

    assertThat(made.at("/details/passphrase").asText()).isEqualTo(MASK);
    CatalogObject stored =
        api.catalog
            .find(api.organization, Kind.CONNECTION, UUID.fromString(made.path("uuid").asText()))
            .orElseThrow();
    assertThat(json(api.secrets.openText(stored.secret().orElseThrow())))
        .isEqualTo(body.path("details"));
  }

  @Test
  void wrongTypesAndCloudsAreRefused() {
    assertThat(
            api.send(
                    "POST",
                    "/credentials",
                    "{\"name\": \"x\", \"type\": \"keys\", \"details\": {}}")
                .json())
        .isEqualTo(json("{\"type\": [\"\\\"keys\\\" is not a valid choice.\"]}"));
    assertThat(api.send("POST", "/credentials", "{\"name\": \"x\"}").json())
        .isEqualTo(
            json(
                "{\"type\": [\"This field is required.\"], \"details\": [\"This field is required.\"]}"));
    assertThat(
            api.send(
                    "POST",
                    "/credentials",
                    body(CredentialType.AWS_ACCESS_KEYS, "x").put("cloud", "gcp").toString())
                .json())
        .isEqualTo(json("{\"cloud\": [\"\\\"gcp\\\" is not a valid choice.\"]}"));
  }

  @Test
  void aCredentialIsForItsCloud() {
    JsonNode gcp =
        api.made("/credentials", body(CredentialType.GCP_HMAC_KEYS, "wrong cloud").toString());

    assertThat(
            job(gcp, "aws", "wrong cloud")
                .json()
                .at("/settings/source/settings/credential_id/0")
                .asText())
        .isEqualTo("Credential " + gcp.path("uuid").asText() + " is for another cloud.");
    Reply url =
        api.send(
            "POST",
            "/jobs/batch",
            "{\"type\":\"batch_import\",\"settings\":{\"source\":{\"table\":\"shop.orders\",\"settings\":{\"url\":\"s3://landing/\",\"credential_id\":\"%s\"}}}}"
                .formatted(gcp.path("uuid").asText()));
    assertThat(url.json().at("/settings/source/settings/credential_id/0").asText())
        .endsWith("is for another cloud.");
  }

  @Test
  void aCredentialThatIsUsedStays() {
    JsonNode used =
        api.made("/credentials", body(CredentialType.AWS_ACCESS_KEYS, "used").toString());
    String path = "/credentials/" + used.path("uuid").asText();
    JsonNode made = job(used, "aws", "user").json();
    String table = api.table("users", "fed");
    api.send(
        "PATCH",
        table,
        "{\"settings\":{\"autoingest\":[{\"bucket_credential_id\":\"%s\"}]}}"
            .formatted(used.path("uuid").asText()));

    assertThat(api.get(path).json().path("attached_resources").findValuesAsText("name"))
        .containsExactly("users.fed", "user");
    assertThat(api.send("DELETE", path, "").json())
        .isEqualTo(json("{\"non_field_errors\": [\"The active job \\\"user\\\" uses it.\"]}"));

    api.send("DELETE", "/jobs/batch/" + made.path("uuid").asText(), "");

    assertThat(api.send("DELETE", path, "").status()).isEqualTo(204);
    assertThat(api.get(path).status()).isEqualTo(404);
  }

  @Test
  void aCredentialOfAnEnabledSourceStays() {
    JsonNode used =
        api.made("/credentials", body(CredentialType.AWS_ACCESS_KEYS, "queue").toString());
    String table = api.table("queues", "fed");
    api.made(
        table + "/transforms",
        "{\"name\":\"j\",\"type\":\"json\",\"settings\":{\"output_columns\":[{\"name\":\"at\",\"datatype\":{\"type\":\"epoch\",\"format\":\"s\",\"primary\":true}}]}}");
    String entry =
        "{\"settings\":{\"autoingest\":[{\"enabled\":%s,\"transform\":\"j\",\"source\":\"sqs://arrived\",\"source_credential_id\":\""
            + used.path("uuid").asText()
            + "\"}]}}";
    assertThat(api.send("PATCH", table, entry.formatted("true")).status()).isEqualTo(200);

    String path = "/credentials/" + used.path("uuid").asText();
    assertThat(api.send("DELETE", path, "").json().at("/non_field_errors/0").asText())
        .isEqualTo("An enabled autoingest source of \"queues.fed\" uses it.");
    api.send("PATCH", table, entry.formatted("false"));
    assertThat(api.send("DELETE", path, "").status()).isEqualTo(204);
  }

  @Test
  void listsAreFilteredAndNothingIsEdited() {
    api.made("/credentials", body(CredentialType.AWS_ACCESS_KEYS, "not filtered").toString());
    JsonNode linode =
        api.made("/credentials", body(CredentialType.LINODE_API_TOKEN, "filtered").toString());

    assertThat(
            api.get("/credentials/?cloud=linode&type=linode_api_token")
                .json()
                .findValuesAsText("name"))
        .contains("filtered");
    assertThat(api.get("/credentials/?cloud=aws").json().findValuesAsText("cloud"))
        .containsOnly("aws");
    for (String method : new String[] {"PUT", "PATCH"}) {
      assertThat(api.send(method, "/credentials/" + linode.path("uuid").asText(), "{}").status())
          .isEqualTo(405);
    }
  }
}
