package io.penstock.control.dialect.polaris;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.control.catalog.CatalogObject.Kind;
import io.penstock.control.http.ServedApi.Reply;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConnectionRoutesTest {
  @TempDir static Path folder;
  private static PolarisApi api;

  @BeforeAll
  static void serve() {
    api = PolarisApi.start(folder);
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @Test
  void aConnectionIsShownWithoutItsSecretAndIsACredentialToo() {
    JsonNode made = api.connection("shown", "acme-raw", "rides/");

    assertThat(made.path("secrets"))
        .isEqualTo(PolarisApi.parsed("{'type': 'access_key', 'accessKeyId': 'key'}"));
    assertThat(made.path("submittedByUser").path("username").asText()).isNotEmpty();
    assertThat(made.path("submittedOnTimestamp").asText()).endsWith("Z");
    assertThat(api.get("/connections/shown")).isEqualTo(made);
    assertThat(api.get("/connections").path("values")).contains(made);
    JsonNode credentials =
        api.served.call("GET", api.served.organization() + "/credentials", "").body();
    assertThat(credentials.toString())
        .contains("\"name\":\"shown\"", "aws_access_keys")
        .doesNotContain("\"secret\"");
  }

  @Test
  void theSecretIsSealed() {
    api.connection("sealed", "acme-raw", "");

    assertThat(
            api.served
                .catalog()
                .named(api.organization(), Kind.CONNECTION, api.organization(), "sealed")
                .orElseThrow()
                .secret()
                .map(secret -> api.served.secrets().open(secret).secretAccessKey()))
        .contains("secret");
  }

  @Test
  void aNameIsTakenOnce() {
    api.connection("twice", "acme-raw", "");

    Reply again =
        api.send(
            "POST",
            "/connections",
            "{'type': 's3', 'name': 'twice', 'bucket': 'acme-raw', 'awsEndpoint':"
                + " 's3.eu-west-1.amazonaws.com'}");

    assertThat(again.status()).isEqualTo(409);
    assertThat(again.body().path("code").asText()).isEqualTo("AlreadyExists");
  }

  @Test
  void aPatchChangesWhatItSaysAndNothingElse() {
    api.connection("patched", "acme-raw", "rides/");

    Reply changed =
        api.send(
            "PATCH",
            "/connections/patched",
            "{'type': 's3', 'description': 'new', 'prefix': null}");

    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.body().path("description").asText()).isEqualTo("new");
    assertThat(changed.body().path("prefix").asText()).isEqualTo("rides/");
    assertThat(changed.body().path("secrets").path("accessKeyId").asText()).isEqualTo("key");
    assertThat(api.send("POST", "/connections/patched/test", "").status()).isEqualTo(200);
    assertThat(changed.headers().firstValue("Location"))
        .contains("/v1/projects/" + api.project + "/connections/patched");
  }

  @Test
  void aPatchNeedsTheTypeAndKeepsTheName() {
    api.connection("fixed", "acme-raw", "");

    Reply reply = api.send("PATCH", "/connections/fixed", "{'name': 'other'}");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body().path("details"))
        .extracting(detail -> detail.path("target").asText())
        .containsExactly("type", "name");
  }

  @Test
  void aTestSaysWhatS3Says() {
    api.connection("works", "acme-raw", "");
    api.connection("missing", "missing", "");
    api.made(
        "/connections",
        "{'type': 's3', 'name': 'denied', 'bucket': 'acme-raw', 'awsEndpoint': '"
            + api.s3.endpoint()
            + "', 'secrets': {'type': 'access_key', 'accessKeyId': 'key', 'accessKeySecret':"
            + " 'wrong'}}");

    assertThat(api.send("POST", "/connections/works/test", "").status()).isEqualTo(200);
    Reply missing = api.send("POST", "/connections/missing/test", "");
    assertThat(missing.status()).isEqualTo(400);
    assertThat(missing.body().path("message").asText()).contains("NoSuchBucket");
    Reply denied = api.send("POST", "/connections/denied/test", "");
    assertThat(denied.status()).isEqualTo(400);
    assertThat(denied.body().path("message").asText()).contains("403").doesNotContain("wrong");
  }

  @Test
  void aDeletedConnectionIsGone() {
    api.connection("gone", "acme-raw", "");

    assertThat(api.send("DELETE", "/connections/gone", "").status()).isEqualTo(200);
    assertThat(api.send("GET", "/connections/gone", "").status()).isEqualTo(404);
    assertThat(api.send("DELETE", "/connections/gone", "").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'type': 'azure'}| type | UnsupportedFeature",
        "{'bucket': 'x y'}| bucket | BadArgument",
        "{'bucket': 'forbidden'}| bucket | BadArgument",
        "{'awsEndpoint': 'ftp://x'}| awsEndpoint | BadArgument",
        "{'awsEndpoint': 'https://inside.example'}| awsEndpoint | BadArgument",
        "{'name': 'a b'}| name | BadArgument",
        "{'buckett': 'x'}| buckett | BadArgument",
        "{'pathStyleAccess': false}| pathStyleAccess | UnsupportedFeature",
        "{'awsAssumedRoleArn': 'arn'}| awsAssumedRoleArn | UnsupportedFeature",
        "{'secrets': {'type': 'aws_iam', 'awsAssumedRoleArn': 'arn'}}| secrets.type |"
            + " UnsupportedFeature",
        "{'secrets': {'type': 'access_key', 'accessKeyId': 'k'}}| secrets.accessKeySecret |"
            + " BadArgument",
      })
  void whatIsWrongIsNamed(String change, String target, String code) {
    ObjectNode body =
        (ObjectNode)
            PolarisApi.parsed(
                "{'type': 's3', 'name': 'n', 'bucket': 'acme-raw', 'awsEndpoint':"
                    + " 's3.amazonaws.com'}");
    body.setAll((ObjectNode) PolarisApi.parsed(change));

    Reply reply = api.send("POST", "/connections", body.toString());

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body().path("target").asText()).isEqualTo(target);
    assertThat(reply.body().path("code").asText()).isEqualTo(code);
  }

  @Test
  void allMistakesAreNamedAtOnceWithTheNearestName() {
    Reply reply = api.send("POST", "/connections", "{'type': 's3', 'nmae': 'x', 'bucket': 5}");

    assertThat(reply.body().path("message").asText()).isEqualTo("4 problems in this connection.");
    assertThat(reply.body().path("details"))
        .extracting(detail -> detail.path("message").asText())
        .containsExactly(
            "Unknown field \"nmae\". Did you mean \"name\"?",
            "name is required.",
            "bucket must be a string.",
            "awsEndpoint is required.");
  }
}
