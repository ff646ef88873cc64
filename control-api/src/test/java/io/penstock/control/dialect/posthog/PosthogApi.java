package io.penstock.control.dialect.posthog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.control.catalog.CatalogObject;
import io.penstock.control.export.Agenda;
import io.penstock.control.export.Alerts;
import io.penstock.control.export.DestinationAccess;
import io.penstock.control.export.DestinationTests;
import io.penstock.control.export.Endpoints;
import io.penstock.control.export.ExportModel;
import io.penstock.control.export.ExportModel.Column;
import io.penstock.control.export.ExportModels;
import io.penstock.control.export.ExportPorts;
import io.penstock.control.export.ExportRules;
import io.penstock.control.export.FakeAgenda;
import io.penstock.control.export.FakeExecutor;
import io.penstock.control.export.LateRows;
import io.penstock.control.export.RowEstimate;
import io.penstock.control.export.StartDelay;
import io.penstock.control.export.TestClock;
import io.penstock.control.http.ApiServer;
import io.penstock.control.http.Requests;
import io.penstock.control.job.TableRef;
import io.penstock.control.publish.S3DestinationProbe;
import io.penstock.control.store.Database;
import io.penstock.control.store.JdbiAlertStore;
import io.penstock.control.store.JdbiBackfillStore;
import io.penstock.control.store.JdbiCatalog;
import io.penstock.control.store.JdbiExportLog;
import io.penstock.control.store.JdbiExportStore;
import io.penstock.control.store.JdbiIntegrations;
import io.penstock.control.store.JdbiLedger;
import io.penstock.control.store.JdbiPersonalKeys;
import io.penstock.control.store.JdbiProjectNumbers;
import io.penstock.control.store.JdbiRunStore;
import io.penstock.control.store.TestDatabase;
import io.penstock.spec.ColumnType;
import io.penstock.spec.SecretBox;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The product's API over a real PostgreSQL, with the contract's fixtures. Time is the test's, and
 * nothing runs but what the test lets run.
 */
final class PosthogApi implements AutoCloseable {
  static final ExportRules RULES =
      new ExportRules(
          true,
          true,
          false,
          5,
          true,
          3,
          1,
          1,
          new StartDelay(false, Optional.of(Duration.ZERO)),
          Duration.ofDays(365));
  static final String K = "phx_k";
  static final String KB = "phx_kb";
  static final String READ = "phx_read";
  static final String FLAGS = "phx_flags";
  static final String BE = "/api/projects/1/batch_exports";
  static final UUID A = UUID.fromString("0a000000-0000-4000-8000-000000000001");
  static final UUID B = UUID.fromString("0b000000-0000-4000-8000-000000000002");

  final TestClock clock = new TestClock("2026-01-01T12:10:00Z");
  final FakeAgenda agenda = new FakeAgenda(clock);
  final FakeExecutor executor = new FakeExecutor();
  final List<String> alarms = new ArrayList<>();
  final List<String> messages = new ArrayList<>();
  final Set<String> allowed =
      new HashSet<>(Set.of("http://store:9000", "https://hooks.acme.example/x"));
  final FakeContents contents = new FakeContents();
  final JdbiAlertStore alerts;
  boolean delivers = true;
  final ExportPorts ports;
  final int i1;
  final int i2;
  final int i9;

  private final HttpClient client = HttpClient.newHttpClient();
  private final Database database;
  private final ApiServer server;

  /** What came back. */
  record Reply(int status, HttpHeaders headers, String text) {
    JsonNode body() {
      return text.isEmpty() ? Requests.parse("{}") : Requests.parse(text);
    }
  }

  PosthogApi() {
    this(RULES);
  }

  PosthogApi(ExportRules rules) {
    String url = TestDatabase.url();
    database = Database.open(url, "postgres", "");
    JdbiCatalog catalog = new JdbiCatalog(database, clock);
    JdbiPersonalKeys keys = new JdbiPersonalKeys(database, clock);
    UUID[] accounts = {UUID.randomUUID(), UUID.randomUUID()};
    organizations(url, accounts);
    List<UUID> projects = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      projects.add(project(catalog, i == 3 ? B : A, "p" + i));
      clock.pass(Duration.ofMillis(1));
    }
    for (String table : List.of("events", "persons", "sessions")) {
      catalog.insert(object(A, CatalogObject.Kind.TABLE, projects.get(0), table));
    }
    keys.insert(
        accounts[0],
        "k",
        K,
        Set.of("batch_export:write", "integration:write"),
        List.of(),
        List.of());
    keys.insert(accounts[0], "read", READ, Set.of("batch_export:read"), List.of(), List.of());
    keys.insert(accounts[0], "flags", FLAGS, Set.of("feature_flag:read"), List.of(), List.of());
    keys.insert(accounts[0], "all", "phx_all", Set.of("*"), List.of(), List.of());
    keys.insert(accounts[0], "one", "phx_one", Set.of("*"), List.of(1), List.of());
    keys.insert(accounts[0], "b", "phx_org_b", Set.of("*"), List.of(), List.of(B));
    keys.insert(
        accounts[1],
        "kb",
        KB,
        Set.of("batch_export:write", "integration:write"),
        List.of(),
        List.of());
    SecretBox secrets = SecretBox.of(SecretBox.newKey());
    Endpoints endpoints = new Endpoints(allowed::contains);
    JdbiIntegrations integrations = new JdbiIntegrations(database);
    alerts = new JdbiAlertStore(database);
    Alerts alarm =
        new Alerts(
            alerts,
            agenda,
            (to, headers, text) -> {
              messages.add(to + " " + headers.get("X-Penstock-Signature") + " " + text);
              return delivers;
            },
            endpoints,
            secrets,
            clock);
    ports =
        new ExportPorts(
            new JdbiExportStore(database),
            new JdbiRunStore(database),
            new JdbiBackfillStore(database),
            new JdbiExportLog(database),
            new JdbiLedger(database),
            agenda,
            (event, export, instance, message) -> {
              alarms.add(event + " " + message);
              alarm.raise(event, export, instance, message);
            },
            executor,
            (export, start, end) ->
                Optional.of(new RowEstimate.Found(10, start.or(() -> Optional.of(Instant.EPOCH)))),
            rules,
            clock);
    agenda.with(ports);
    agenda.with(Agenda.Matter.ALERT, alarm::step);
    Map<String, ExportModel> models =
        Map.of(
            "events", events(),
            "persons", persons("persons"),
            "sessions", persons("sessions"));
    ExportModels exportModels =
        (organization, project, name) -> Optional.ofNullable(models.get(name));
    server =
        new ApiServer(
            "127.0.0.1",
            0,
            credential -> keys.caller(credential).or(() -> catalog.caller(credential)),
            List.of(
                new PosthogDialect(
                    new PosthogDialect.Ports(
                        ports,
                        integrations,
                        exportModels,
                        new JdbiProjectNumbers(database),
                        keys,
                        endpoints,
                        new DestinationTests(
                            new DestinationAccess(integrations, endpoints, secrets),
                            new S3DestinationProbe(secrets),
                            clock),
                        new LateRows(exportModels, contents),
                        alerts,
                        secrets))));
    server.start();
    String compatible =
        "{'kind':'s3-compatible','config':{'name':'i%d','endpoint_url':'http://store:9000','aws_access_key_id':'k','aws_secret_access_key':'s'}}";
    i1 = made("/api/projects/1/integrations", compatible.formatted(1)).path("id").asInt();
    i2 =
        made(
                "/api/projects/1/integrations",
                "{'kind':'aws-s3','config':{'name':'i2','aws_access_key_id':'k','aws_secret_access_key':'s'}}")
            .path("id")
            .asInt();
    i9 = made("/api/projects/2/integrations", compatible.formatted(9)).path("id").asInt();
  }

  private static void organizations(String url, UUID[] accounts) {
    try (Connection connection = DriverManager.getConnection(url, "postgres", "");
        Statement sql = connection.createStatement()) {
      UUID[] ids = {A, B};
      for (int i = 0; i < 2; i++) {
        sql.execute(
            "INSERT INTO organization (id, name, created_at) VALUES ('%s', 'org%d', now())"
                .formatted(ids[i], i));
        sql.execute(
            """
            INSERT INTO account (id, organization_id, kind, name, password_hash, created_at)
            VALUES ('%s', '%s', 'PERSON', 'u%d@acme.example', 'x', now())"""
                .formatted(accounts[i], ids[i], i));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private UUID project(JdbiCatalog catalog, UUID organization, String name) {
    CatalogObject project = object(organization, CatalogObject.Kind.PROJECT, organization, name);
    catalog.insert(project);
    return project.id();
  }

  private CatalogObject object(
      UUID organization, CatalogObject.Kind kind, UUID parent, String name) {
    return new CatalogObject(
        UUID.randomUUID(),
        organization,
        kind,
        parent,
        name,
        Optional.empty(),
        "{}",
        Optional.empty(),
        clock.instant(),
        clock.instant());
  }

  private static ExportModel events() {
    List<Column> columns = new ArrayList<>();
    for (String name : List.of("uuid", "event", "distinct_id", "elements_chain", "person_id")) {
      columns.add(new Column(name, ColumnType.STRING, true, true));
    }
    for (String name : List.of("timestamp", "_inserted_at", "created_at")) {
      columns.add(new Column(name, ColumnType.TIMESTAMP, true, true));
    }
    for (String name : List.of("properties", "person_properties")) {
      columns.add(new Column(name, ColumnType.JSON, true, true));
    }
    columns.add(new Column("team_id", ColumnType.INT64, true, false));
    columns.add(new Column("$session_id", ColumnType.STRING, false, false));
    columns.add(new Column("person_created_at", ColumnType.TIMESTAMP, false, false));
    return new ExportModel(ref("events"), columns, Optional.of("timestamp"));
  }

  private static ExportModel persons(String name) {
    return new ExportModel(
        ref(name),
        List.of(
            new Column("id", ColumnType.STRING, true, true),
            new Column("at", ColumnType.TIMESTAMP, true, true)),
        Optional.of("at"));
  }

  private static TableRef ref(String name) {
    return new TableRef(
        new UUID(0, 1),
        "p1",
        UUID.nameUUIDFromBytes(name.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
        name);
  }

  /** With double quotes in place of single ones. */
  static String json(String text) {
    return text.replace('\'', '"');
  }

  /**
   * The contract's S-body, with what differs laid over it; a value {@code "-"} takes a key away.
   */
  String s(String differs) {
    return body("S3Compatible", i1, differs);
  }

  /** The contract's A-body. */
  String a(String differs) {
    return body("AwsS3", i2, differs);
  }

  private static String body(String type, int integration, String differs) {
    ObjectNode body =
        (ObjectNode)
            Requests.parse(
                json(
                    """
                    {'name':'n','interval':'hour','model':'events','destination':{'type':'%s','integration':%d,
                     'config':{'bucket_name':'b','region':'us-east-1','prefix':'p/'}}}"""
                        .formatted(type, integration)));
    lay(body, (ObjectNode) Requests.parse(json(differs)));
    // What is sent has its single quotes replaced.
    return body.toString().replace("'", "\\u0027");
  }

  private static void lay(ObjectNode body, ObjectNode over) {
    over.properties()
        .forEach(
            field -> {
              if (field.getValue().asText().equals("-")) {
                body.remove(field.getKey());
              } else if (field.getValue() instanceof ObjectNode object
                  && body.get(field.getKey()) instanceof ObjectNode below) {
                lay(below, object);
              } else {
                body.set(field.getKey(), field.getValue());
              }
            });
  }

  Reply send(String method, String path, String body, String key, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.uri() + path))
            .method(
                method,
                body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json(body)));
    if (!key.isEmpty()) {
      request.header("Authorization", "Bearer " + key);
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
      return new Reply(response.statusCode(), response.headers(), response.body());
    } catch (IOException e) {
      throw new IllegalStateException("no answer to " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  Reply send(String method, String path, String body) {
    return send(method, path, body, K);
  }

  JsonNode get(String path) {
    Reply reply = send("GET", path, "");
    if (reply.status() != 200) {
      throw new AssertionError("GET " + path + ": " + reply);
    }
    return reply.body();
  }

  JsonNode made(String path, String body) {
    Reply reply = send("POST", path, body);
    if (reply.status() != 201) {
      throw new AssertionError("POST " + path + ": " + reply);
    }
    return reply.body();
  }

  /** Makes an export and gives its path. */
  String export(String body) {
    clock.pass(Duration.ofMillis(1));
    return BE + "/" + made(BE, body).path("id").asText();
  }

  void runUntil(String instant) {
    agenda.runUntil(Instant.parse(instant));
  }

  @Override
  public void close() {
    server.close();
    database.close();
  }
}
