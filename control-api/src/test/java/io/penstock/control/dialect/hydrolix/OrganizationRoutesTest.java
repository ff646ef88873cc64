package io.penstock.control.dialect.hydrolix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.control.http.Requests;
import io.penstock.control.http.ServedApi;
import io.penstock.control.http.ServedApi.Reply;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Organizations and who is asking, over HTTP. */
final class OrganizationRoutesTest {
  private static final String TIMESTAMP = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z";
  private ServedApi api;
  private String organization;

  @BeforeEach
  void serve() {
    api = new ServedApi();
    organization = api.organization();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private static JsonNode json(String text) {
    return Requests.parse(text.replace('\'', '"'));
  }

  private static ObjectNode lacking(JsonNode object, String... fields) {
    ObjectNode copy = object.deepCopy();
    copy.remove(List.of(fields));
    return copy;
  }

  @Test
  void anOrganizationHasEveryField() {
    Reply reply = api.call("GET", organization + "/", "");

    assertThat(reply.status()).isEqualTo(200);
    JsonNode body = reply.body();
    assertThat(body.path("uuid").textValue()).isEqualTo(organization.replaceAll(".*/", ""));
    assertThat(body.path("created").textValue()).matches(TIMESTAMP);
    assertThat(body.path("modified")).isEqualTo(body.path("created"));
    assertThat(lacking(body, "uuid", "created", "modified"))
        .isEqualTo(
            json(
                "{'name': 'acme', 'type': 'singletenant', 'description': null,"
                    + " 'settings': {'default_query_options': {}}, 'publish_task_id': null}"));
    assertThat(api.call("GET", "/config/v1/orgs/", "").body().path(0)).isEqualTo(reply.body());
    assertThat(api.call("GET", "/config/v1/orgs/?page=1", "").body())
        .isEqualTo(
            ((ObjectNode)
                    json("{'count': 1, 'next': 0, 'previous': 0, 'current': 1, 'num_pages': 1}"))
                .set("results", json("[" + reply.body() + "]")));
  }

  @Test
  void aPutReplacesAndWhatIsLeftOutReturnsToItsDefault() {
    api.call(
        "PUT",
        organization,
        "{\"name\": \"acme\", \"description\": \"d\", \"extra\": [1],"
            + " \"settings\": {\"default_query_options\": {\"a\": 1}, \"other\": null}}");
    JsonNode read = api.call("GET", organization, "").body();
    assertThat(read.path("description").textValue()).isEqualTo("d");
    assertThat(read.path("extra")).isEqualTo(json("[1]"));
    assertThat(read.path("settings"))
        .isEqualTo(json("{'default_query_options': {'a': 1}, 'other': null}"));
    // What was read can be sent back.
    Reply again = api.call("PUT", organization, read.toString());
    assertThat(again.status()).isEqualTo(200);
    assertThat(lacking(again.body(), "modified")).isEqualTo(lacking(read, "modified"));

    Reply reply = api.call("PUT", organization + "/", "{\"name\": \"acme corp\"}");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).isEqualTo(api.call("GET", organization, "").body());
    assertThat(reply.body().path("name").textValue()).isEqualTo("acme corp");
    assertThat(reply.body().path("description").isNull()).isTrue();
    assertThat(reply.body().has("extra")).isFalse();
    assertThat(reply.body().path("settings")).isEqualTo(json("{'default_query_options': {}}"));
    assertThat(reply.body().path("modified").textValue())
        .isGreaterThan(reply.body().path("created").textValue());
  }

  @Test
  void aPatchMergesObjectsReplacesArraysAndResetsWithNull() {
    api.call(
        "PUT",
        organization,
        "{\"name\": \"acme\", \"description\": \"d\", \"list\": [1, 2],"
            + " \"settings\": {\"default_query_options\": {\"a\": 1, \"b\": {\"c\": 2}}}}");

    Reply reply =
        api.call(
            "PATCH",
            organization,
            "{\"list\": [3], \"settings\": {\"default_query_options\": {\"b\": {\"d\": 3}}}}");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body().path("name").textValue()).isEqualTo("acme");
    assertThat(reply.body().path("description").textValue()).isEqualTo("d");
    assertThat(reply.body().path("list")).isEqualTo(json("[3]"));
    assertThat(reply.body().path("settings"))
        .isEqualTo(json("{'default_query_options': {'a': 1, 'b': {'c': 2, 'd': 3}}}"));
    JsonNode reset =
        api.call("PATCH", organization, "{\"description\": null, \"settings\": null}").body();
    assertThat(reset.path("description").isNull()).isTrue();
    assertThat(reset.path("settings")).isEqualTo(json("{'default_query_options': {}}"));
    assertThat(reset.path("list")).isEqualTo(json("[3]"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PUT | {} | {'name': ['This field is required.']}",
        "PUT | {'name': 'a.b'} | {'name': ['A name is not empty and has no dots, slashes or control characters,"
            + " nor white space at its ends.']}",
        "PUT | {'name': 'a', 'description': 7} | {'description': ['Not a valid string.']}",
        "PATCH | {'settings': []} | {'settings': ['An object is required.']}",
        "PATCH | {'settings': {'default_query_options': 1}} |"
            + " {'settings': {'default_query_options': ['An object is required.']}}",
        "PATCH | 7 | {'detail': 'The body must be a JSON object.'}",
      })
  void whatIsWrongWithAChangeIsSaidAndNothingIsChanged(String method, String body, String answer) {
    JsonNode before = api.call("GET", organization, "").body();

    Reply reply = api.call(method, organization, body.replace('\'', '"'));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body()).isEqualTo(json(answer));
    assertThat(api.call("GET", organization, "").body()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({"GET, ''", "PUT, ''", "PATCH, ''", "GET, /summary/"})
  void anotherOrganizationIsNotThere(String method, String below) {
    Reply reply =
        api.call(method, "/config/v1/orgs/" + UUID.randomUUID() + below, "{\"name\": \"x\"}");

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.body()).isEqualTo(json("{'detail': 'Not found.'}"));
  }

  @Test
  void theSummaryHasProjectsWithTheirTables() {
    JsonNode project = api.call("POST", organization + "/projects/", "{\"name\": \"shop\"}").body();
    api.call("POST", organization + "/projects/", "{\"name\": \"empty\"}");
    String tables = organization + "/projects/" + project.path("uuid").textValue() + "/tables/";
    JsonNode table =
        api.call("POST", tables, "{\"name\": \"orders\", \"description\": \"o\"}").body();

    Reply reply = api.call("GET", organization + "/summary/", "");

    assertThat(reply.status()).isEqualTo(200);
    ObjectNode expected = (ObjectNode) api.call("GET", organization, "").body();
    expected.putNull("type");
    assertThat(lacking(reply.body(), "projects")).isEqualTo(expected);
    JsonNode shop = reply.body().at("/projects/0");
    assertThat(shop.fieldNames())
        .toIterable()
        .containsExactly("uuid", "name", "description", "created", "modified", "tables");
    assertThat(shop.path("uuid")).isEqualTo(project.path("uuid"));
    JsonNode orders = shop.at("/tables/0");
    assertThat(orders.fieldNames())
        .toIterable()
        .containsExactly("uuid", "name", "description", "created", "modified");
    orders.fieldNames().forEachRemaining(f -> assertThat(orders.path(f)).isEqualTo(table.path(f)));
    assertThat(reply.body().at("/projects/1/name").textValue()).isEqualTo("empty");
    assertThat(reply.body().at("/projects/1/tables")).isEqualTo(json("[]"));
  }

  @Test
  void theStatusesOfJobsAreListedInTheirOrder() {
    assertThat(api.call("GET", "/config/v1/job_statuses/", "").body())
        .isEqualTo(json("['ready','running','failed','pending','done','canceled','unknown']"));
  }

  @Test
  void theCallerIsShownWithEveryField() {
    JsonNode person = api.call("GET", "/config/v1/users/current/", "", api.login()).body();
    JsonNode key = api.call("GET", "/config/v1/users/current", "").body();

    assertThat(person.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "uuid",
            "email",
            "orgs",
            "is_superuser",
            "roles",
            "audit",
            "emailVerified",
            "is_service_account");
    assertThat(person.path("email").textValue()).isEqualTo(ServedApi.EMAIL);
    assertThat(person.at("/orgs/0/name").textValue()).isEqualTo("acme");
    assertThat(person.path("roles")).isEqualTo(json("['super_admin']"));
    assertThat(person.path("is_superuser").booleanValue()).isTrue();
    assertThat(person.path("emailVerified").booleanValue()).isTrue();
    assertThat(person.path("audit").booleanValue()).isFalse();
    assertThat(person.path("is_service_account").booleanValue()).isFalse();
    assertThat(key.fieldNames()).toIterable().containsExactlyElementsOf(person::fieldNames);
    assertThat(key.path("is_superuser").booleanValue()).isTrue();
    assertThat(key.path("is_service_account").booleanValue()).isTrue();
  }
}
