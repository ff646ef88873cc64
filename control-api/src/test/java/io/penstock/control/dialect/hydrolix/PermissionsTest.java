package io.penstock.control.dialect.hydrolix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.control.http.Requests;
import io.penstock.control.http.ServedApi;
import io.penstock.control.http.ServedApi.Reply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the holders of roles may do, over HTTP. */
final class PermissionsTest {
  private static final String TRANSFORM =
      "{'name': 'NAME', 'type': 'json', 'settings': {'is_default': true, 'output_columns':"
          + " [{'name': 'at', 'datatype': {'type': 'datetime', 'primary': true,"
          + " 'format': '2006-01-02T15:04:05Z'}}]}}";
  private static final String JOB =
      "{'name': 'NAME', 'type': 'batch_import', 'settings': {'source': {'type': 'batch', 'subtype': 'aws s3',"
          + " 'table': 'PROJECT.orders', 'settings': {'url': 's3://penstock/in/'}}}}";
  private static ServedApi api;
  private static String organization;

  @BeforeAll
  static void serve() {
    api = new ServedApi();
    organization = api.organization();
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  private static String quoted(String text) {
    return text.replace('\'', '"');
  }

  private static String uuid(Reply reply) {
    assertThat(reply.status()).as(reply.body().toString()).isBetween(200, 201);
    return reply.body().path("uuid").textValue();
  }

  /** A project with one of everything, whose paths stand under their names. */
  private static Map<String, String> world() {
    String name = "p" + UUID.randomUUID();
    Map<String, String> world = new HashMap<>();
    world.put("NAME", name);
    world.put("O", organization);
    String projects = organization + "/projects";
    world.put("PROJECT", uuid(api.call("POST", projects, quoted("{'name': '" + name + "'}"))));
    world.put("P", projects + "/" + world.get("PROJECT"));
    String tables = world.get("P") + "/tables";
    world.put("TABLE", uuid(api.call("POST", tables, quoted("{'name': 'orders'}"))));
    world.put("T", tables + "/" + world.get("TABLE"));
    String transforms = world.get("T") + "/transforms";
    String transform = quoted(TRANSFORM.replace("NAME", "json"));
    world.put("F", transforms + "/" + uuid(api.call("POST", transforms, transform)));
    String jobs = organization + "/jobs/batch";
    world.put("J", jobs + "/" + uuid(api.call("POST", jobs, job(name))));
    return world;
  }

  private static String job(String project) {
    return quoted(JOB.replace("PROJECT", project).replace("NAME", "job-" + UUID.randomUUID()));
  }

  /** The token of a service account that has these permissions on that. */
  private static String holder(List<String> permissions, String scopeType, String scopeId) {
    String name = "role-" + UUID.randomUUID();
    ObjectNode policy = JsonNodeFactory.instance.objectNode();
    permissions.forEach(policy.putArray("permissions")::add);
    policy.put("scope_type", scopeType).put("scope_id", scopeId);
    ObjectNode role = JsonNodeFactory.instance.objectNode().put("name", name);
    role.putArray("policies").add(policy);
    assertThat(api.call("POST", "/config/v1/roles", role.toString()).status()).isEqualTo(201);
    String accounts = "/config/v1/service_accounts/";
    String account = uuid(api.call("POST", accounts, "{\"name\": \"" + name + "\"}"));
    api.call(
        "POST", "/config/v1/users/" + account + "/add_roles", "{\"roles\": [\"" + name + "\"]}");
    return api.call("POST", accounts + account + "/tokens", "{}").body().path("token").textValue();
  }

  private static String body(String operation, Map<String, String> world) {
    String name = "n" + UUID.randomUUID();
    if (operation.endsWith("/jobs/batch") && operation.startsWith("POST")) {
      return job(world.get("NAME"));
    }
    boolean transform = operation.endsWith(" F") || operation.endsWith("/transforms");
    return quoted((transform ? TRANSFORM : "{'name': 'NAME'}").replace("NAME", name));
  }

  private static int status(String operation, Map<String, String> world, String token) {
    String[] parts = operation.split(" ", 2);
    String start = parts[1].substring(0, 1);
    String path = world.get(start) + parts[1].substring(1);
    return api.call(parts[0], path, parts[0].equals("GET") ? "" : body(operation, world), token)
        .status();
  }

  @ParameterizedTest
  @CsvSource({
    "POST O/projects, add_project, view_project, org, 201, 403",
    "GET P, view_project, '', project, 200, 404",
    "PUT P, change_project, view_project, project, 200, 403",
    "PATCH P, change_project, view_project, project, 200, 403",
    "GET P/stats, view_project, '', project, 200, 404",
    "GET P/activity, view_project, '', project, 200, 404",
    "DELETE P, delete_project, view_project, project, 204, 403",
    "POST P/tables, add_table, view_project, project, 201, 403",
    "GET T, view_table, '', table, 200, 404",
    "PUT T, change_table, view_table, table, 200, 403",
    "PATCH T, change_table, view_table, table, 200, 403",
    "GET T/stats, view_table, '', table, 200, 404",
    "GET T/activity, view_table, '', table, 200, 404",
    "GET T/partitions, view_table, '', table, 200, 404",
    "POST T/truncate, change_table, view_table, table, 200, 403",
    "DELETE T, delete_table, view_table, table, 204, 403",
    "POST T/transforms, add_transform, view_table, table, 201, 403",
    "GET F, view_transform, '', table, 200, 404",
    "PUT F, change_transform, view_transform, table, 200, 403",
    "DELETE F, delete_transform, view_transform, table, 204, 403",
    "GET J, view_batchjob, status_batchjob, table, 200, 404",
    "GET J/status, view_batchjob, '', table, 200, 404",
    "GET J/status, status_batchjob, '', table, 200, 404",
    "POST J/status, status_batchjob, '', table, 200, 404",
    "POST O/jobs/batch, add_batchjob, view_table, table, 201, 403",
    "POST J/cancel, cancel_batchjob, view_batchjob, table, 200, 403",
    "POST J/retry, retry_batchjob, view_batchjob, table, 200, 403",
    "DELETE J, delete_batchjob, view_batchjob, table, 204, 403",
  })
  void theRightIsWhatAnOperationNeeds(
      String operation, String right, String view, String narrowest, int with, int without) {
    Map<String, String> world = world();
    String others = world().get("PROJECT");
    List<String> seeing = view.isEmpty() ? List.of() : List.of(view);
    String id = organization.replaceAll(".*/", "");
    String table = world.get("TABLE");
    String project = world.get("PROJECT");
    boolean ofOrganization = narrowest.equals("org");

    assertThat(status(operation, world, holder(seeing, null, null))).isEqualTo(without);
    if (!ofOrganization) {
      assertThat(status(operation, world, holder(List.of(right), "project", others)))
          .isEqualTo(404);
      assertThat(status(operation, world, holder(List.of(), null, null))).isEqualTo(404);
    }
    String scope = ofOrganization ? id : narrowest.equals("table") ? table : project;
    assertThat(status(operation, world, holder(List.of(right), narrowest, scope))).isEqualTo(with);
  }

  @ParameterizedTest
  @CsvSource({
    "GET T, view_table, 200",
    "GET F, view_transform, 200",
    "POST T/transforms, add_transform, 201",
    "POST J/cancel, cancel_batchjob, 200",
  })
  void aRightOnAParentHoldsForItsChildren(String operation, String right, int status) {
    Map<String, String> world = world();

    assertThat(status(operation, world, holder(List.of(right), "project", world.get("PROJECT"))))
        .isEqualTo(status);
    assertThat(
            status(
                operation,
                world(),
                holder(List.of(right), "org", organization.replaceAll(".*/", ""))))
        .isEqualTo(status);
  }

  @Test
  void aRightThroughAnotherProjectsPathIsNone() {
    Map<String, String> mine = world();
    Map<String, String> other = world();
    String token = holder(List.of("view_table", "delete_table"), "project", mine.get("PROJECT"));

    Reply reply = api.call("DELETE", mine.get("P") + "/tables/" + other.get("TABLE"), "", token);

    assertThat(reply.status()).isEqualTo(404);
    assertThat(api.call("GET", other.get("T"), "").status()).isEqualTo(200);
  }

  @Test
  void whatAPostTakesIsDescribedToWhoMaySendOne() {
    Map<String, String> world = world();
    String token = holder(List.of("add_table"), "project", world.get("PROJECT"));

    JsonNode tables = api.call("OPTIONS", world.get("P") + "/tables", "", token).body();
    JsonNode projects = api.call("OPTIONS", organization + "/projects", "", token).body();

    assertThat(tables.at("/actions/POST/name").isObject()).isTrue();
    assertThat(projects.has("actions")).isFalse();
    assertThat(projects.has("renders")).isTrue();
  }

  /** A job is for a table, which the path does not name. */
  @Test
  void whatAJobIsMadeOfIsDescribedToWhoMayMakeOneSomewhere() {
    Map<String, String> world = world();
    String maker = holder(List.of("add_batchjob"), "table", world.get("TABLE"));
    String viewer = holder(List.of("view_batchjob"), "table", world.get("TABLE"));
    String jobs = organization + "/jobs/batch";

    assertThat(api.call("OPTIONS", jobs, "", maker).body().at("/actions/POST/name").isObject())
        .isTrue();
    assertThat(api.call("OPTIONS", jobs, "", viewer).body().has("actions")).isFalse();
  }

  @Test
  void aPurgeNeedsTheRightOnTheOrganization() {
    Map<String, String> world = world();
    String narrow = holder(List.of("delete_batchjob"), "project", world.get("PROJECT"));

    assertThat(api.call("POST", organization + "/purgejobs", "", narrow).status()).isEqualTo(403);
    assertThat(api.call("GET", world.get("J"), "").status()).isEqualTo(200);
  }

  @Test
  void listsHoldOnlyWhatMayBeViewed() {
    Map<String, String> mine = world();
    Map<String, String> other = world();
    String token =
        holder(
            List.of("view_project", "view_table", "view_transform", "view_batchjob"),
            "project",
            mine.get("PROJECT"));

    assertThat(ids(organization + "/projects", token)).containsExactly(mine.get("PROJECT"));
    assertThat(ids(mine.get("P") + "/tables", token)).containsExactly(mine.get("TABLE"));
    assertThat(ids(other.get("P") + "/tables", token)).isEmpty();
    assertThat(ids(mine.get("T") + "/transforms", token)).hasSize(1);
    assertThat(ids(other.get("T") + "/transforms", token)).isEmpty();
    assertThat(ids(organization + "/jobs/batch", token))
        .containsExactly(mine.get("J").replaceAll(".*/", ""));
    assertThat(ids(organization + "/credentials", token)).isEmpty();
    JsonNode summary = api.call("GET", organization + "/summary", "", token).body();
    assertThat(summary.path("projects").findValuesAsText("uuid"))
        .contains(mine.get("PROJECT"))
        .doesNotContain(other.get("PROJECT"));
    JsonNode page = api.call("GET", organization + "/projects?page=1", "", token).body();
    assertThat(page.path("count").intValue()).isEqualTo(1);
  }

  private static List<String> ids(String path, String token) {
    Reply reply = api.call("GET", path, "", token);
    assertThat(reply.status()).isEqualTo(200);
    List<String> ids = new ArrayList<>();
    reply.body().forEach(object -> ids.add(object.path("uuid").textValue()));
    return ids;
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, /config/v1/orgs/ORG, 403",
    "PATCH, /config/v1/orgs/ORG, 403",
    "POST, /config/v1/service_accounts, 403",
    "DELETE, /config/v1/service_accounts/ID, 403",
    "POST, /config/v1/service_accounts/ID/tokens, 403",
    "DELETE, /config/v1/service_accounts/ID/tokens, 403",
    "POST, /config/v1/users/ID/add_roles, 403",
    "POST, /config/v1/users/ID/remove_roles, 403",
    "POST, /config/v1/roles, 403",
    "DELETE, /config/v1/roles/101, 403",
    "GET, /v1/projects/ID/jobs, 404",
    "GET, /config/v1/orgs/ORG, 200",
    "GET, /config/v1/orgs, 200",
    "GET, /config/v1/roles, 200",
    "GET, /config/v1/roles/permissions, 200",
    "GET, /config/v1/job_statuses, 200",
    "GET, /config/v1/users/current, 200",
    "GET, /config/v1/orgs/ID, 404",
    "GET, /config/v1/orgs/ID/projects, 404",
    "GET, /config/v1/orgs/ORG/projects/ID, 404",
    "PUT, /config/v1/orgs/ORG/projects/x, 404",
    "PUT, /config/v1/orgs/ORG/jobs/batch/ID, 405",
    "GET, /config/v1/orgs/ORG/alterjobs, 404",
  })
  void identitiesAreTheSuperusersAndOtherDialectsToo(String method, String path, int status) {
    String token = operator();
    String at =
        path.replace("ORG", organization.replaceAll(".*/", ""))
            .replace("ID", UUID.randomUUID().toString());

    Reply reply = api.call(method, at, method.equals("GET") ? "" : "{}", token);

    assertThat(reply.status()).isEqualTo(status);
    if (status == 403 && at.startsWith("/config")) {
      assertThat(reply.body())
          .isEqualTo(
              Requests.parse(
                  "{\"detail\": \"You do not have permission to perform this action.\"}"));
    }
  }

  private static String operator() {
    String accounts = "/config/v1/service_accounts/";
    String account =
        uuid(api.call("POST", accounts, "{\"name\": \"op-" + UUID.randomUUID() + "\"}"));
    api.call("POST", "/config/v1/users/" + account + "/add_roles", "{\"roles\": [\"operator\"]}");
    return api.call("POST", accounts + account + "/tokens", "{}").body().path("token").textValue();
  }

  @Test
  void anAccountSeesOfTheAccountsOnlyItself() {
    String token = operator();
    String self =
        api.call("GET", "/config/v1/users/current", "", token).body().path("uuid").textValue();
    operator();

    assertThat(ids("/config/v1/service_accounts", token)).containsExactly(self);
  }

  @Test
  void theOperatorsRoleDoesEverythingWithData() {
    Map<String, String> world = world();
    String token = operator();

    for (String operation :
        List.of(
            "POST O/projects",
            "POST P/tables",
            "POST O/jobs/batch",
            "POST J/cancel",
            "POST J/retry",
            "DELETE J",
            "PUT F",
            "DELETE F",
            "PUT T",
            "DELETE T",
            "DELETE P")) {
      assertThat(status(operation, world, token)).as(operation).isBetween(200, 204);
    }
  }
}
