package io.penstock.control.dialect.hydrolix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.control.http.Requests;
import io.penstock.control.http.ServedApi;
import io.penstock.control.http.ServedApi.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Service accounts, their tokens, and roles, over HTTP. */
final class AccountRoutesTest {
  private static final String ACCOUNTS = "/config/v1/service_accounts/";
  private static final String CURRENT = "/config/v1/users/current/";
  private static final long YEAR_SECONDS = 365L * 24 * 3_600;
  private static ServedApi api;

  @BeforeAll
  static void serve() {
    api = new ServedApi();
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  private static JsonNode json(String text) {
    return Requests.parse(text.replace('\'', '"'));
  }

  private static String created(String name) {
    Reply reply = api.call("POST", ACCOUNTS, "{\"name\": \"" + name + "\"}");
    assertThat(reply.status()).isEqualTo(201);
    return reply.body().path("uuid").textValue();
  }

  private static String token(String account) {
    Reply reply = api.call("POST", ACCOUNTS + account + "/tokens/", "{}");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body().size()).isEqualTo(1);
    return reply.body().path("token").textValue();
  }

  private static JsonNode claims(String token) {
    byte[] payload = Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]);
    return Requests.parse(new String(payload, StandardCharsets.UTF_8));
  }

  @Test
  void anAccountIsMadeListedAndDeletedWithItsTokens() {
    String id = created("nightly loader");
    String token = token(id);
    JsonNode shown =
        json(
            "{'uuid': '%s', 'name': 'nightly loader', 'audit': false, 'is_service_account': true}"
                .formatted(id));
    assertThat(api.call("GET", ACCOUNTS, "").body()).contains(shown);
    JsonNode caller = api.call("GET", CURRENT, "", token).body();
    assertThat(caller.path("uuid").textValue()).isEqualTo(id);
    assertThat(caller.path("is_service_account").booleanValue()).isTrue();
    assertThat(caller.path("is_superuser").booleanValue()).isFalse();
    assertThat(caller.path("roles")).isEqualTo(json("[]"));

    Reply reply = api.call("DELETE", ACCOUNTS + id + "/", "");

    assertThat(reply.status()).isEqualTo(204);
    assertThat(api.call("GET", ACCOUNTS, "").body()).doesNotContain(shown);
    assertThat(api.call("GET", CURRENT, "", token).status()).isEqualTo(401);
    assertThat(api.call("DELETE", ACCOUNTS + id, "").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | {'name': ['This field is required.']}",
        "{'name': 'ab'} | {'name': ['Ensure this field has at least 3 characters.']}",
        "{'name': ' abc'} |"
            + " {'name': ['A name has no control characters, nor white space at its ends.']}",
        "{'name': 12} | {'name': ['Not a valid string.']}",
      })
  void aBadNameIsRefused(String body, String answer) {
    Reply reply = api.call("POST", ACCOUNTS, body.replace('\'', '"'));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body()).isEqualTo(json(answer));
  }

  @Test
  void namesAreFromThreeTo255AndTakenOnce() {
    created("abc");
    created("n".repeat(255));

    Reply twice = api.call("POST", ACCOUNTS, "{\"name\": \"abc\"}");
    Reply longer = api.call("POST", ACCOUNTS, "{\"name\": \"" + "m".repeat(256) + "\"}");

    assertThat(twice.status()).isEqualTo(400);
    assertThat(twice.body())
        .isEqualTo(
            json("{'name': ['The name (abc) already exists on the specified org in the url']}"));
    assertThat(longer.body())
        .isEqualTo(json("{'name': ['Ensure this field has no more than 255 characters.']}"));
  }

  @Test
  void aTokenLivesAYearUnlessAnExpiryIsGiven() {
    String id = created("calendar");

    JsonNode year = claims(token(id));
    JsonNode given =
        claims(
            api.call(
                    "POST", ACCOUNTS + id + "/tokens", "{\"expiry\": \"2127-01-01T00:00:00.000Z\"}")
                .body()
                .path("token")
                .textValue());

    assertThat(year.path("iat").isIntegralNumber()).isTrue();
    assertThat(year.path("exp").longValue() - year.path("iat").longValue()).isEqualTo(YEAR_SECONDS);
    assertThat(given.path("exp").longValue())
        .isEqualTo(Instant.parse("2127-01-01T00:00:00Z").getEpochSecond());
    assertThat(api.call("POST", ACCOUNTS + id + "/tokens/", "").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'expiry': 'tomorrow'} | Enter a valid date and time.",
        "{'expiry': '+10000-01-01T00:00:00Z'} | Enter a valid date and time.",
        "{'expiry': 1798761600} | Not a valid string.",
        "{'expiry': '2020-01-01T00:00:00Z'} | The expiry must be in the future.",
      })
  void aBadExpiryIsRefused(String body, String message) {
    String id = created("expiry " + UUID.randomUUID());

    Reply reply = api.call("POST", ACCOUNTS + id + "/tokens/", body.replace('\'', '"'));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body()).isEqualTo(json("{'expiry': ['" + message + "']}"));
  }

  @Test
  void revokingEndsAllTokensAndNewOnesCanBeMade() {
    String id = created("revoked");
    String first = token(id);
    String second = token(id);

    Reply reply = api.call("DELETE", ACCOUNTS + id + "/tokens/", "");

    assertThat(reply.status()).isEqualTo(204);
    assertThat(api.call("GET", CURRENT, "", first).status()).isEqualTo(401);
    assertThat(api.call("GET", CURRENT, "", second).status()).isEqualTo(401);
    assertThat(api.call("GET", CURRENT, "", token(id)).status()).isEqualTo(200);
  }

  @Test
  void aPersonIsNoServiceAccount() {
    String person = api.call("GET", CURRENT, "", api.login()).body().path("uuid").textValue();

    assertThat(api.call("DELETE", ACCOUNTS + person, "").status()).isEqualTo(404);
    assertThat(api.call("POST", ACCOUNTS + person + "/tokens", "{}").status()).isEqualTo(404);
  }

  @Test
  void rolesAreGivenAndTaken() {
    String id = created("promoted");
    String add = "/config/v1/users/" + id + "/add_roles/";

    Reply given = api.call("POST", add, "{\"roles\": [\"super_admin\", \"read_only\"]}");

    assertThat(given.status()).isEqualTo(200);
    assertThat(given.body().path("uuid").textValue()).isEqualTo(id);
    assertThat(given.body().path("roles")).isEqualTo(json("['super_admin', 'read_only']"));
    assertThat(given.body().path("is_superuser").booleanValue()).isTrue();
    assertThat(api.call("POST", add, "{\"roles\": [\"read_only\"]}").body())
        .isEqualTo(given.body());
    assertThat(api.call("GET", CURRENT, "", token(id)).body()).isEqualTo(given.body());
    Reply taken =
        api.call(
            "POST", "/config/v1/users/" + id + "/remove_roles", "{\"roles\": [\"super_admin\"]}");
    assertThat(taken.status()).isEqualTo(200);
    assertThat(taken.body().path("roles")).isEqualTo(json("['read_only']"));
    assertThat(taken.body().path("is_superuser").booleanValue()).isFalse();
  }

  @Test
  void unknownRolesAreNamedAndNoneIsGiven() {
    String id = created("unpromoted");

    Reply reply =
        api.call(
            "POST",
            "/config/v1/users/" + id + "/add_roles",
            "{\"roles\": [\"operator\", \"king\"]}");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body().at("/roles/0").textValue()).isEqualTo("There is no role \"king\".");
    assertThat(api.call("GET", CURRENT, "", token(id)).body().path("roles")).isEqualTo(json("[]"));
    assertThat(api.call("POST", "/config/v1/users/" + id + "/add_roles", "{}").body())
        .isEqualTo(json("{'roles': ['This field is required.']}"));
  }

  @Test
  void theBuiltInRolesAreListedWithTheirPolicies() {
    JsonNode roles = api.call("GET", "/config/v1/roles/", "").body();

    assertThat(roles.findValuesAsText("name")).startsWith("super_admin", "operator", "read_only");
    assertThat(roles.path(2))
        .isEqualTo(
            json(
                "{'id': 3, 'name': 'read_only', 'policies': [{'permissions': ['view_project',"
                    + " 'view_table', 'view_transform', 'view_credential', 'view_batchjob',"
                    + " 'status_batchjob'], 'scope_type': null, 'scope_id': null,"
                    + " 'scope_name': null}]}"));
    assertThat(roles.at("/0/policies/0/permissions")).hasSize(21);
    assertThat(roles.at("/1/policies/0/permissions"))
        .isEqualTo(roles.at("/0/policies/0/permissions"));
  }

  @Test
  void thePermissionsAreListedByWhatTheyCanBeLimitedTo() {
    JsonNode permissions = api.call("GET", "/config/v1/roles/permissions/", "").body();

    assertThat(permissions.findValuesAsText("scope_type"))
        .containsExactly("org", "project", "table");
    assertThat(permissions.at("/0/permissions")).hasSize(21);
    assertThat(permissions.at("/1/permissions"))
        .contains(json("'add_table'"))
        .doesNotContain(json("'add_project'"), json("'view_credential'"));
    assertThat(permissions.at("/2/permissions"))
        .contains(json("'add_batchjob'"), json("'change_table'"))
        .doesNotContain(json("'add_table'"), json("'view_project'"));
  }

  @Test
  void anOrganizationMakesRolesOfItsOwn() {
    JsonNode project =
        api.call("POST", api.organization() + "/projects", "{\"name\": \"roles\"}").body();
    String id = project.path("uuid").textValue();
    String body =
        ("{'name': 'loader', 'policies': [{'permissions': ['add_batchjob'],"
                + " 'scope_type': 'project', 'scope_id': '"
                + id
                + "'}]}")
            .replace('\'', '"');

    Reply made = api.call("POST", "/config/v1/roles/", body);

    assertThat(made.status()).isEqualTo(201);
    assertThat(made.body().path("policies"))
        .isEqualTo(
            json(
                "[{'permissions': ['add_batchjob'], 'scope_type': 'project', 'scope_id': '%s',"
                        .formatted(id)
                    + " 'scope_name': 'roles'}]"));
    assertThat(api.call("GET", "/config/v1/roles", "").body()).contains(made.body());
    assertThat(api.call("POST", "/config/v1/roles", body).status()).isEqualTo(400);
    String path = "/config/v1/roles/" + made.body().path("id");
    assertThat(api.call("DELETE", path, "").status()).isEqualTo(204);
    assertThat(api.call("DELETE", path, "").status()).isEqualTo(404);
    assertThat(api.call("DELETE", "/config/v1/roles/1", "").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'name': 'r1'} | {'policies': ['This field is required.']}",
        "{'policies': []} | {'name': ['This field is required.']}",
        "{'name': 'super_admin', 'policies': []} |"
            + " {'name': ['The name (super_admin) already exists on the specified org in the url']}",
        "{'name': 'r2', 'policies': [{'permissions': ['fly']}]} |"
            + " {'policies': ['\\\"fly\\\" is not a valid permission.']}",
        "{'name': 'r3', 'policies': [{}]} |"
            + " {'policies': ['Each policy needs a list of permissions.']}",
        "{'name': 'r4', 'policies': [{'permissions': [], 'scope_type': 'project', 'scope_id':"
            + " '0d6b6c55-3a0e-4c43-9a53-2f5d0a6f9d10'}]} | {'policies':"
            + " ['A scope is the type and the id of an org, a project or a table you have.']}",
      })
  void aBadRoleIsRefused(String body, String answer) {
    Reply reply = api.call("POST", "/config/v1/roles/", body.replace('\'', '"'));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body()).isEqualTo(json(answer));
  }
}
