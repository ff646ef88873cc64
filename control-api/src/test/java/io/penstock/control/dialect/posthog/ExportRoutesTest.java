package io.penstock.control.dialect.posthog;

import static io.penstock.control.dialect.posthog.PosthogApi.BE;
import static io.penstock.control.dialect.posthog.PosthogApi.K;
import static io.penstock.control.dialect.posthog.PosthogApi.KB;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.control.export.Agenda.Matter;
import io.penstock.control.export.ExportRules;
import io.penstock.control.http.Requests;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Reading, changing, pausing and deleting exports. Numbers are those of the contract's cases. */
@ExtendWith(Cases.class)
final class ExportRoutesTest {
  private PosthogApi api;

  @BeforeEach
  void start() {
    api = new PosthogApi();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private static void refused(PosthogApi.Reply reply, int status, String detail) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(status);
    assertThat(reply.body().path("detail").asText()).isEqualTo(detail);
  }

  private JsonNode patched(String export, String body) {
    PosthogApi.Reply reply = api.send("PATCH", export, body);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.body();
  }

  private static UUID id(String export) {
    return UUID.fromString(export.substring(export.lastIndexOf('/') + 1));
  }

  @Test
  void case_14_otherOrganizationsAreClosed() {
    PosthogApi.Reply reply = api.send("POST", "/api/projects/3/batch_exports", api.s("{}"));

    refused(reply, 403, "You don't have access to the project.");
    assertThat(reply.body().path("code").asText()).isEqualTo("permission_denied");
    assertThat(
            api.send("GET", "/api/projects/3/batch_exports/", "", KB).body().path("count").asInt())
        .isZero();
  }

  private static ExportRules rules(boolean highFrequency, boolean inlineKeys) {
    ExportRules r = PosthogApi.RULES;
    return new ExportRules(
        highFrequency,
        r.freeQuery(),
        r.earliestBackfill(),
        2,
        inlineKeys,
        r.failureThreshold(),
        r.maxAttempts(),
        r.runRetries(),
        r.delay(),
        r.catchUp());
  }

  @Test
  void cases_15_66_36_whatTheOperatorHasSwitchedOffIsRefused() {
    try (PosthogApi strict = new PosthogApi(rules(false, false))) {
      refused(
          strict.send("POST", BE, strict.a("{'interval':'every 5 minutes'}")),
          403,
          "Higher frequency batch exports are not enabled for this team.");
      String export = strict.export(strict.s("{}"));
      refused(
          strict.send("PATCH", export, "{'interval':'every 5 minutes'}"),
          403,
          "Higher frequency batch exports are not enabled for this team.");
      assertThat(strict.get(export).path("interval").asText()).isEqualTo("hour");
      PosthogApi.Reply inline =
          strict.send(
              "POST",
              BE,
              "{'name':'n','interval':'hour','destination':{'type':'S3','config':{'bucket_name':'b','region':'r','prefix':'p'}}}");
      assertThat(inline.status()).isEqualTo(400);
      assertThat(inline.body().path("detail").asText())
          .contains("deprecated", "AwsS3", "S3Compatible");
    }
  }

  @Test
  void case_51_theOldExtensionCannotBeSwitchedOn() {
    PosthogApi.Reply reply =
        api.send(
            "POST",
            BE,
            api.a(
                "{'destination':{'config':{'file_format':'Parquet','compression':'zstd','legacy_parquet_extension':true}}}"));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body().path("detail").asText()).contains("legacy_parquet_extension");
  }

  @Test
  void case_52_whatIsReadIsWhatWasMade() {
    String[][] schedules = {
      {"hour", "UTC", "null", "null", "{}"},
      {"day", "UTC", "null", "0", "{}"},
      {"day", "US/Pacific", "null", "2", "{'offset_hour':2}"},
      {"week", "UTC", "1", "0", "{'offset_day':1,'offset_hour':0}"},
      {"week", "Asia/Kathmandu", "1", "2", "{'offset_day':1,'offset_hour':2}"}
    };
    for (String[] one : schedules) {
      String more = one[4].equals("{}") ? "" : "," + one[4].substring(1, one[4].length() - 1);
      String body = api.s("{'interval':'" + one[0] + "','timezone':'" + one[1] + "'" + more + "}");
      JsonNode export = api.get(api.export(body) + "/");

      assertThat(export.path("interval").asText()).isEqualTo(one[0]);
      assertThat(export.path("timezone").asText()).isEqualTo(one[1]);
      assertThat(export.path("offset_day").toString()).isEqualTo(one[2]);
      assertThat(export.path("offset_hour").toString()).isEqualTo(one[3]);
      assertThat(export.at("/destination/config").size()).isEqualTo(4);
    }
    assertThat(api.get(BE).path("results")).hasSize(5);
  }

  @Test
  void cases_53_54_exportsAreFoundInTheirOwnProjectAlone() {
    String export = api.export(api.s("{}"));
    String second =
        api.made(
                "/api/projects/2/batch_exports/",
                api.s("{'destination':{'integration':" + api.i9 + "},'model':'persons'}"))
            .path("id")
            .asText();

    assertThat(api.send("GET", export, "", KB).status()).isEqualTo(403);
    refused(api.send("GET", export.replace("projects/1", "projects/2"), ""), 404, "Not found.");
    refused(api.send("GET", BE + "/" + second, ""), 404, "Not found.");
    assertThat(api.get(export.replace("projects/1", "environments/1")).path("team_id").asInt())
        .isEqualTo(1);
  }

  @Test
  void cases_55_56_aListHasWhatThereIs() {
    String first = api.export(api.s("{}"));
    String second = api.export(api.s("{'name':'second'}"));
    assertThat(api.get(BE + "/?limit=1").path("results").path(0).path("name").asText())
        .isEqualTo("second");
    JsonNode page = api.get(BE + "/?limit=1&x=y");
    assertThat(page.path("count").asInt()).isEqualTo(2);
    assertThat(page.path("next").asText()).endsWith("/batch_exports/?x=y&limit=1&offset=1");
    assertThat(page.path("previous").isNull()).isTrue();

    assertThat(api.send("DELETE", first + "/", "").status()).isEqualTo(204);
    assertThat(api.get(BE).path("count").asInt()).isEqualTo(1);
    api.send("DELETE", second, "");
    assertThat(api.get(BE).path("results")).isEmpty();
  }

  @Test
  void case_57_aPutNeedsEverythingAndKeepsWhatIsNotSaid() {
    String export = api.export(api.s("{'end_at':'2023-07-20T00:00:00Z'}"));
    JsonNode before = api.get(export);

    refused(api.send("PUT", export, api.s("{'destination':'-'}")), 400, "This field is required.");
    assertThat(api.get(export)).isEqualTo(before);
    PosthogApi.Reply put =
        api.send(
            "PUT",
            export,
            api.s(
                "{'interval':'day','start_at':'2022-07-19 00:00:00','destination':{'config':{'bucket_name':'new'}}}"));

    assertThat(put.status()).as(put.text()).isEqualTo(200);
    JsonNode after = api.get(export);
    assertThat(after.path("interval").asText()).isEqualTo("day");
    assertThat(after.path("timezone").asText()).isEqualTo("UTC");
    assertThat(after.path("offset_day").isNull()).isTrue();
    assertThat(after.path("offset_hour").asInt(-1)).isZero();
    assertThat(after.path("start_at").asText()).isEqualTo("2022-07-19T00:00:00Z");
    assertThat(after.path("end_at").asText()).isEqualTo("2023-07-20T00:00:00Z");
    assertThat(after.at("/destination/config/bucket_name").asText()).isEqualTo("new");
  }

  @Test
  void cases_58_59_secretsThatAreNotSentStay() {
    String inline =
        "{'name':'n','interval':'hour','timezone':'Europe/Berlin','destination':{'type':'S3','config':{'bucket_name':'b','region':'r','prefix':'p','aws_access_key_id':'key','aws_secret_access_key':'secret'}}}";
    String export = api.export(inline);
    String sealed = sealedKeys(export);

    JsonNode hourly =
        patched(export, "{'destination':{'type':'S3','config':{'bucket_name':'new'}}}");

    assertThat(hourly.at("/destination/config/bucket_name").asText()).isEqualTo("new");
    assertThat(hourly.at("/destination/config/region").asText()).isEqualTo("r");
    assertThat(hourly.path("timezone").asText()).isEqualTo("Europe/Berlin");
    assertThat(hourly.path("offset_hour").isNull()).isTrue();
    assertThat(sealedKeys(export)).isEqualTo(sealed).isNotEmpty();
    patched(export, "{'interval':'day','offset_hour':1}");
    JsonNode daily = patched(export, "{'destination':{'config':{'bucket_name':'newer'}}}");
    assertThat(daily.path("offset_hour").asInt()).isEqualTo(1);
    assertThat(daily.path("offset_day").isNull()).isTrue();
    assertThat(sealedKeys(export)).isEqualTo(sealed);
  }

  private String sealedKeys(String export) {
    return api.ports
        .exports()
        .find(id(export))
        .orElseThrow()
        .destination()
        .secret()
        .orElseThrow()
        .text();
  }

  @Test
  void cases_60_61_62_63_64_65_anIntervalBringsItsOffsets() {
    String export = api.export(api.s("{}"));

    JsonNode week =
        patched(export, "{'interval':'week','timezone':'UTC','offset_day':0,'offset_hour':0}");
    assertThat(week.path("offset_day").asInt(-1)).isZero();
    assertThat(week.path("offset_hour").asInt(-1)).isZero();

    patched(export, "{'interval':'day','timezone':'Europe/Berlin','offset_hour':1}");
    assertThat(patched(export, "{'interval':'week'}").path("offset_hour").asInt()).isEqualTo(1);
    JsonNode hour = patched(export, "{'interval':'hour'}");
    assertThat(hour.path("timezone").asText()).isEqualTo("Europe/Berlin");
    assertThat(hour.path("offset_day").isNull()).isTrue();
    assertThat(hour.path("offset_hour").isNull()).isTrue();

    PosthogApi.Reply none =
        api.send(
            "PATCH",
            export,
            "{'interval':null,'timezone':null,'offset_day':null,'offset_hour':null}");
    refused(none, 400, "This field may not be null.");
    assertThat(none.body().path("attr").asText()).isEqualTo("interval");
    assertThat(none.body().path("code").asText()).isEqualTo("null");

    JsonNode day = patched(export, "{'interval':'day','timezone':'US/Pacific','offset_hour':2}");
    assertThat(day.path("timezone").asText()).isEqualTo("US/Pacific");
    assertThat(day.path("offset_hour").asInt()).isEqualTo(2);
    refused(
        api.send("PATCH", export, "{'interval':'day','timezone':'US/Pacific','offset_hour':24}"),
        400,
        "Ensure this value is less than or equal to 23.");
    refused(
        api.send(
            "PATCH", export, "{'interval':'week','timezone':'UTC','offset_day':7,'offset_hour':0}"),
        400,
        "Ensure this value is less than or equal to 6.");
    assertThat(patched(export, "{'timezone':null}").path("timezone").asText()).isEqualTo("UTC");
  }

  @Test
  void cases_67_68_69_aDestinationKeepsItsTypeAndWhatIsNotSent() {
    String export = api.export(api.a("{}"));
    JsonNode before = api.get(export).path("destination");

    refused(
        api.send("PATCH", export, "{'destination':{'type':'BigQuery'}}"),
        400,
        "Cannot change destination type from 'AwsS3' to 'BigQuery'. Delete this batch export and create a new one with the new destination type.");
    assertThat(api.get(export).path("destination")).isEqualTo(before);
    refused(
        api.send(
            "PATCH",
            export,
            "{'destination':{'type':'AwsS3','config':{'prefix':'new/'},'integration':null}}"),
        400,
        "Integration is required for AwsS3 batch exports");
    JsonNode without =
        patched(export, "{'destination':{'type':'AwsS3','config':{'prefix':'new/'}}}");
    assertThat(without.at("/destination/integration").asInt()).isEqualTo(api.i2);
    JsonNode with =
        patched(
            export,
            "{'destination':{'type':'AwsS3','config':{'prefix':'newer/'},'integration':"
                + api.i2
                + "}}");
    assertThat(with.path("destination"))
        .isEqualTo(
            Requests.parse(
                PosthogApi.json(
                    "{'type':'AwsS3','integration':%d,'config':{'bucket_name':'b','region':'us-east-1','prefix':'newer/','legacy_parquet_extension':false}}"
                        .formatted(api.i2))));
  }

  @Test
  void cases_70_73_aPauseIsSeenAndASecondOneChangesNothing() {
    String export = api.export(api.s("{}"));
    api.clock.set("2026-01-01T12:20:00Z");

    assertThat(api.send("POST", export + "/pause/", "{'id':'a whole export'}").text())
        .isEqualTo("{\"paused\":true}");
    JsonNode paused = api.get(export);
    assertThat(paused.path("paused").asBoolean()).isTrue();
    assertThat(paused.path("last_paused_at").asText()).isEqualTo("2026-01-01T12:20:00Z");
    api.clock.set("2026-01-01T12:30:00Z");
    assertThat(api.send("POST", export + "/pause/", "").status()).isEqualTo(200);
    assertThat(api.get(export)).isEqualTo(paused);
    api.runUntil("2026-01-01T14:30:00Z");
    assertThat(api.get(export).path("latest_runs")).isEmpty();

    assertThat(api.send("POST", export + "/unpause", "").text()).isEqualTo("{\"paused\":false}");
    JsonNode running = api.get(export);
    assertThat(running.path("paused").asBoolean()).isFalse();
    assertThat(running.path("last_paused_at").asText()).isEqualTo("2026-01-01T12:20:00Z");
    api.runUntil("2026-01-01T15:00:10Z");
    assertThat(api.get(export).path("latest_runs")).hasSize(1);
    assertThat(api.get(export).at("/latest_runs/0/data_interval_start").asText())
        .isEqualTo("2026-01-01T14:00:00Z");
    assertThat(api.send("POST", export + "/unpause", "{'backfill':'perhaps'}").status())
        .isEqualTo(400);
  }

  @Test
  void cases_71_72_76_77_othersChangeNothing() {
    String export = api.export(api.s("{}"));
    JsonNode before = api.get(export);

    for (String action : List.of("/pause", "/unpause")) {
      assertThat(api.send("POST", export + action, "", KB).status()).isEqualTo(403);
      assertThat(api.send("POST", export.replace("projects/1", "projects/2") + action, "").status())
          .isEqualTo(404);
    }
    assertThat(api.send("DELETE", export, "", KB).status()).isEqualTo(403);
    assertThat(api.send("DELETE", export.replace("projects/1", "projects/2"), "").status())
        .isEqualTo(404);
    assertThat(api.get(export)).isEqualTo(before);
  }

  @Test
  void case_75_whatIsDeletedIsGone() {
    String export = api.export(api.s("{}"));

    PosthogApi.Reply deleted = api.send("DELETE", export + "/", "");

    assertThat(deleted.status()).isEqualTo(204);
    assertThat(deleted.text()).isEmpty();
    for (String method : List.of("GET", "PATCH", "DELETE")) {
      refused(api.send(method, export, method.equals("PATCH") ? "{}" : ""), 404, "Not found.");
    }
    assertThat(api.agenda.next(Matter.SCHEDULE, id(export))).isEmpty();
  }

  @Test
  void case_118_slashesAtTheEndDoNotMatterAndNothingIsRedirected() {
    assertThat(api.send("POST", BE, api.s("{}")).status()).isEqualTo(201);
    assertThat(api.send("POST", BE + "/", api.s("{}")).status()).isEqualTo(201);
    String export = api.export(api.s("{}"));
    for (String path : List.of(BE, export)) {
      assertThat(api.get(path)).isEqualTo(api.get(path + "/"));
      assertThat(api.get(path.replace("projects", "environments"))).isEqualTo(api.get(path));
    }
    String whole = "/api/organizations/" + PosthogApi.A + "/batch_exports/";
    assertThat(api.get(whole).path("count").asInt()).isEqualTo(3);
    assertThat(api.get(whole + id(export) + "/")).isEqualTo(api.get(export));
    refused(
        api.send("POST", whole, api.s("{}")),
        400,
        "The key must be limited to one project to create something here.");
    assertThat(api.send("POST", whole, api.s("{}"), "phx_one").status()).isEqualTo(201);
  }

  @Test
  void case_119_keysAndTheirScopes() {
    PosthogApi.Reply none = api.send("GET", BE, "", "");
    refused(none, 401, "Authentication credentials were not provided.");
    assertThat(none.body().path("code").asText()).isEqualTo("not_authenticated");
    assertThat(none.body().path("type").asText()).isEqualTo("authentication_error");
    assertThat(none.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    PosthogApi.Reply unknown = api.send("GET", BE, "", "nonsense");
    refused(unknown, 401, "Personal API key found in request Authorization header is invalid.");
    assertThat(unknown.body().path("code").asText()).isEqualTo("authentication_failed");
    refused(
        api.send("POST", BE + "/", api.s("{}"), PosthogApi.READ),
        403,
        "API key missing required scope 'batch_export:write'");
    assertThat(api.send("GET", BE, "", PosthogApi.READ).status()).isEqualTo(200);
    assertThat(api.send("GET", BE, "", K).status()).isEqualTo(200);
    refused(
        api.send("GET", "/api/projects/2/batch_exports", "", "phx_one"),
        403,
        "API key does not have access to the requested project: ID 2.");
    refused(
        api.send("GET", BE, "", "phx_org_b"),
        403,
        "API key does not have access to the requested organization: ID " + PosthogApi.A + ".");
  }

  @Test
  void case_120_errorsHaveTheirShape() {
    PosthogApi.Reply broken = api.send("POST", BE, "{");
    assertThat(broken.status()).isEqualTo(400);
    assertThat(broken.body().path("code").asText()).isEqualTo("parse_error");
    assertThat(broken.body().path("type").asText()).isEqualTo("invalid_request");
    assertThat(broken.body().path("detail").asText()).startsWith("JSON parse error - ");
    assertThat(broken.body().path("attr").isNull()).isTrue();
    refused(api.send("GET", BE + "/not-a-uuid/", ""), 404, "Not found.");
    refused(api.send("GET", BE + "/" + UUID.randomUUID() + "/", ""), 404, "Not found.");
    refused(api.send("GET", "/api/projects/999/batch_exports/", ""), 404, "Project not found.");
    refused(api.send("GET", "/api/projects/1/unknown/", ""), 404, "Endpoint not found.");
    PosthogApi.Reply method = api.send("PUT", BE + "/", "{}");
    refused(method, 405, "Method \"PUT\" not allowed.");
    assertThat(method.headers().firstValue("Allow").orElse("")).contains("GET", "POST");
    refused(
        api.send("POST", BE, "x", K, "Content-Type", "text/plain"),
        415,
        "Unsupported media type \"text/plain\" in request.");
    refused(api.send("POST", BE, "[]"), 400, "Invalid data. Expected a dictionary, but got list.");
  }

  @Test
  void case_122_aPartOfAnExportCanBeChanged() {
    String daily = api.export(api.s("{'interval':'day'}"));
    String hourly = api.export(api.s("{}"));

    assertThat(patched(daily, "{'offset_hour':5}").path("offset_hour").asInt()).isEqualTo(5);
    PosthogApi.Reply refusal = api.send("PATCH", hourly, "{'offset_hour':5}");
    assertThat(refusal.status()).isEqualTo(400);
    assertThat(refusal.body().path("attr").asText()).isEqualTo("offset_hour");
    JsonNode changed = patched(hourly, "{'destination':{'config':{'prefix':'new/'}}}");
    assertThat(changed.at("/destination/config/prefix").asText()).isEqualTo("new/");
    assertThat(changed.at("/destination/config/bucket_name").asText()).isEqualTo("b");
    refused(
        api.send("PATCH", hourly, "{'model':'persons'}"),
        400,
        "Changing models is not supported. Create a new batch export instead.");
  }

  @Test
  void case_132_integrationsKeepTheirKeys() {
    String all = "/api/projects/1/integrations/";
    String body =
        "{'kind':'s3-compatible','config':{'name':'minio','endpoint_url':'http://store:9000','aws_access_key_id':'id-1','aws_secret_access_key':'secret-1'}}";
    JsonNode made = api.made(all, body);
    assertThat(made.toString()).doesNotContain("id-1", "secret-1");
    assertThat(made.path("display_name").asText()).isEqualTo("minio");
    assertThat(made.at("/created_by/email").asText()).isEqualTo("u0@acme.example");
    List<String> names = new ArrayList<>();
    api.get(all + "?kind=s3-compatible")
        .path("results")
        .forEach(one -> names.add(one.at("/config/name").asText()));
    assertThat(names).containsExactly("i1", "minio");
    String path = all + made.path("id").asText() + "/";
    assertThat(api.get(path)).isEqualTo(made);
    refused(api.send("POST", all, body), 400, "An integration named 'minio' already exists");
    refused(
        api.send(
            "POST",
            all,
            body.replace("http://store:9000", "http://10.0.0.1").replace("minio", "m2")),
        400,
        "Invalid endpoint URL: the host is not allowed");
    refused(api.send("POST", all, "{'kind':'slack','config':{}}"), 400, "Kind not supported");
    refused(
        api.send("POST", all, "{'kind':'aws-s3','config':{'name':'x'}}"),
        400,
        "Access key ID is required for AWS integration");
    String export =
        api.export(
            api.s("{'name':'user of it','destination':{'integration':" + made.path("id") + "}}"));
    refused(
        api.send("DELETE", path, ""),
        400,
        "This integration is used by batch exports: user of it. Update them to use a different integration before disconnecting it.");
    api.send("DELETE", export, "");
    assertThat(api.send("DELETE", path, "").status()).isEqualTo(204);
    assertThat(api.send("GET", path, "").status()).isEqualTo(404);
    assertThat(api.send("PATCH", path, "{}").status()).isEqualTo(405);
  }

  @Test
  void case_133_clientsLearnWhoTheyAre() {
    JsonNode me = api.send("GET", "/api/users/@me/", "", PosthogApi.READ).body();
    assertThat(me.path("email").asText()).isEqualTo("u0@acme.example");
    assertThat(me.at("/organization/id").asText()).isEqualTo(PosthogApi.A.toString());
    assertThat(me.at("/team/id").asInt()).isEqualTo(1);
    JsonNode project = api.send("GET", "/api/projects/@current/", "", PosthogApi.READ).body();
    assertThat(project.path("id").asInt()).isEqualTo(1);
    assertThat(project.path("organization").asText()).isEqualTo(PosthogApi.A.toString());
    assertThat(api.get("/api/projects/2/").path("name").asText()).isEqualTo("p2");
    JsonNode key = api.send("GET", "/api/personal_api_keys/@current", "", PosthogApi.READ).body();
    assertThat(key.path("scopes").toString()).isEqualTo("[\"batch_export:read\"]");
    assertThat(key.path("scoped_teams")).isEmpty();
    refused(api.send("POST", "/oauth/introspect", "", ""), 404, "Endpoint not found.");
  }

  @Test
  void aKeyOfEverythingMakesNarrowerOnesAndNoOtherDoes() {
    String keys = "/api/personal_api_keys/";
    String body = "{'label':'ci','scopes':['batch_export:read'],'scoped_teams':[2]}";
    assertThat(api.send("POST", keys, body, K).status()).isEqualTo(403);
    assertThat(api.send("POST", keys, body, "phx_one").status()).isEqualTo(403);

    PosthogApi.Reply made = api.send("POST", keys, body, "phx_all");

    assertThat(made.status()).as(made.text()).isEqualTo(201);
    String value = made.body().path("value").asText();
    assertThat(value).startsWith("phx_");
    assertThat(api.send("GET", "/api/projects/2/batch_exports", "", value).status()).isEqualTo(200);
    assertThat(api.send("GET", BE, "", value).status()).isEqualTo(403);
    assertThat(api.send("GET", keys, "", "phx_all").text()).doesNotContain(value);
    String path = keys + made.body().path("id").asText();
    assertThat(api.send("DELETE", path, "", "phx_all").status()).isEqualTo(204);
    assertThat(api.send("GET", "/api/projects/2/batch_exports", "", value).status()).isEqualTo(401);
  }
}
