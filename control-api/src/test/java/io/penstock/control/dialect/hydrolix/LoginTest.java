package io.penstock.control.dialect.hydrolix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.control.http.Requests;
import io.penstock.control.http.ServedApi;
import io.penstock.control.http.ServedApi.Reply;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Logging in, and being known afterwards, over HTTP. */
final class LoginTest {
  private static final String JSON =
      "{\"username\": \"ops@acme.example\", \"password\": \"correct horse\"}";
  private static final String FORM = "username=ops%40acme.example&password=correct+horse";
  private static ServedApi api;

  @BeforeAll
  static void serve() {
    api = new ServedApi();
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/config/v1/login", "/config/v1/login/", "//config/v1//login"})
  void aPersonIsLetInWithEveryField(String path) {
    Reply reply = api.send(api.request("POST", path, JSON));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.headers().firstValue("Content-Type")).contains("application/json");
    JsonNode body = reply.body();
    assertThat(body.fieldNames())
        .toIterable()
        .containsExactly(
            "uuid",
            "email",
            "orgs",
            "groups",
            "roles",
            "is_superuser",
            "emailVerified",
            "auth_token");
    assertThat(body.path("email").textValue()).isEqualTo("ops@acme.example");
    assertThat(body.path("roles")).isEqualTo(Requests.parse("[\"super_admin\"]"));
    assertThat(body.path("groups")).isEqualTo(Requests.parse("[]"));
    assertThat(body.path("is_superuser").booleanValue()).isTrue();
    ObjectNode organization = body.path("orgs").path(0).deepCopy();
    assertThat(organization.path("uuid").textValue())
        .isEqualTo(api.organization().replace("/config/v1/orgs/", ""));
    organization.remove("uuid");
    assertThat(organization)
        .isEqualTo(
            Requests.parse(
                """
                {"name": "acme", "type": "singletenant", "cloud": "aws", "kubernetes": true}"""));
    assertThat(body.at("/auth_token/expires_in").intValue()).isEqualTo(86_400);
    assertThat(body.at("/auth_token/token_type").textValue()).isEqualTo("Bearer");
  }

  @Test
  void aFormIsTakenToo() {
    Reply reply =
        api.send(
            api.request("POST", "/config/v1/login", FORM)
                .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body().at("/auth_token/access_token").textValue()).startsWith("eyJ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'username': 'ops@acme.example', 'password': 'wrong'} | 401"
            + " | {'detail': 'Could not log in with the given credentials.'}",
        "{'username': 'eve@acme.example', 'password': 'correct horse'} | 401"
            + " | {'detail': 'Could not log in with the given credentials.'}",
        "{'username': 'ops@acme.example'} | 400 | {'password': ['This field is required.'],"
            + " 'detail': 'A username and a password are required.'}",
        "{'username': 7, 'password': null} | 400 | {'username': ['Not a valid string.'],"
            + " 'password': ['This field is required.'],"
            + " 'detail': 'A username and a password are required.'}",
        "[] | 400 | {'detail': 'The body must be a JSON object.'}",
      })
  void aFailureIsJsonWithADetail(String request, int status, String body) {
    Reply reply = api.send(api.request("POST", "/config/v1/login", request.replace('\'', '"')));

    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.body()).isEqualTo(Requests.parse(body.replace('\'', '"')));
  }

  @Test
  void whatIsNoJsonHasADetail() {
    Reply reply = api.send(api.request("POST", "/config/v1/login", "{\"username\":"));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body().path("detail").textValue()).startsWith("JSON parse error - ");
  }

  @Test
  void aNullCharacterInAFormIsTheSendersMistake() {
    Reply reply =
        api.send(
            api.request("POST", "/config/v1/login", "username=a%00b&password=c")
                .header("Content-Type", "application/x-www-form-urlencoded"));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body().path("detail").textValue()).contains("Null characters");
  }

  @Test
  void loggingInIsAPost() {
    Reply reply = api.send(api.request("GET", "/config/v1/login", ""));

    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.headers().firstValue("Allow").orElseThrow()).contains("POST");
    assertThat(reply.body().path("detail").textValue()).isEqualTo("Method \"GET\" not allowed.");
  }

  @Test
  void theTokenIsGoodInEveryDialectAndAfterARestart() {
    String token = api.login();
    assertThat(api.call("GET", "/config/v1/orgs", "", token).status()).isEqualTo(200);
    // Not 401: the project is what is unknown.
    assertThat(api.call("GET", "/v1/projects/none/jobs", "", token).status()).isEqualTo(404);

    api.restart();

    assertThat(api.call("GET", "/config/v1/orgs", "", token).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer pok_served", "Basic pok_served", "bearer  pok_served"})
  void anApiKeyIsGoodAsBefore(String header) {
    assertThat(orgs(header).status()).isEqualTo(200);
    String pair =
        Base64.getEncoder().encodeToString("pok_served:".getBytes(StandardCharsets.UTF_8));
    assertThat(orgs("Basic " + pair).status()).isEqualTo(200);
  }

  private static Reply orgs(String header) {
    return api.send(api.request("GET", "/config/v1/orgs", "").header("Authorization", header));
  }

  @Test
  void whoeverIsUnknownIsToldSo() {
    Reply nobody = api.send(api.request("GET", "/config/v1/orgs", ""));
    Reply stranger = orgs("Bearer eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl");

    assertThat(nobody.status()).isEqualTo(401);
    assertThat(nobody.body())
        .isEqualTo(
            Requests.parse("{\"detail\": \"Authentication credentials were not provided.\"}"));
    assertThat(nobody.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"api\"");
    assertThat(stranger.status()).isEqualTo(401);
    assertThat(stranger.body()).isEqualTo(Requests.parse("{\"detail\": \"Invalid token.\"}"));
    assertThat(stranger.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"api\"");
  }
}
