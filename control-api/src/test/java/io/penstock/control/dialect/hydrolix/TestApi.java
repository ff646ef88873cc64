package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.penstock.control.catalog.Catalog;
import io.penstock.control.http.ApiServer;
import io.penstock.control.identity.Identity;
import io.penstock.control.identity.Passwords;
import io.penstock.control.identity.Tokens;
import io.penstock.control.job.JobService;
import io.penstock.control.job.JobStore;
import io.penstock.control.publish.IcebergContents;
import io.penstock.control.publish.IcebergTables;
import io.penstock.control.publish.S3JobFolders;
import io.penstock.control.publish.StorageAccess;
import io.penstock.control.store.Database;
import io.penstock.control.store.JdbiAccounts;
import io.penstock.control.store.JdbiActivity;
import io.penstock.control.store.JdbiCatalog;
import io.penstock.control.store.JdbiJobStore;
import io.penstock.control.store.JdbiOrganizations;
import io.penstock.control.store.JdbiRoles;
import io.penstock.control.store.JdbiSubmissions;
import io.penstock.control.store.TestDatabase;
import io.penstock.locals3.LocalS3;
import io.penstock.spec.SecretBox;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The product's API on a real PostgreSQL and a real S3 server. Nothing runs the jobs. */
final class TestApi implements AutoCloseable {
  static final String KEY = "pok_test";
  private static final ObjectMapper JSON = new ObjectMapper();

  final SecretBox secrets = SecretBox.of(SecretBox.newKey());
  final Catalog catalog;
  final JobStore store;
  final JobService jobs;
  final IcebergTables tables;
  final LocalS3 s3;
  final UUID organization;
  final Database database;

  private final S3JobFolders folders;
  private final ApiServer server;
  private final HttpClient http = HttpClient.newHttpClient();

  /** What came back; {@code json} is missing if there is no body. */
  record Reply(int status, JsonNode json, HttpResponse<String> response) {}

  private TestApi(Path folder) throws IOException {
    Clock clock = Clock.systemUTC();
    Files.createDirectories(folder.resolve("penstock"));
    s3 = LocalS3.start(folder, 0, "key", "secret");
    StorageAccess storage =
        new StorageAccess(
            Optional.of(s3.endpoint()), "us-east-1", true, "penstock", "", "key", "secret");
    String url = TestDatabase.url();
    database = Database.open(url, "postgres", "");
    catalog = new JdbiCatalog(database, clock);
    catalog.bootstrap("acme", KEY);
    organization = catalog.caller(KEY).orElseThrow().organization().id();
    store = new JdbiJobStore(database, clock);
    jobs = new JobService(store, clock, () -> {});
    tables = new IcebergTables(url, "postgres", "", storage);
    folders = new S3JobFolders(storage);
    Identity identity =
        new Identity(
            new JdbiAccounts(database, clock),
            new JdbiRoles(database),
            new Passwords(),
            Tokens.of(SecretBox.newKey(), clock),
            catalog,
            clock);
    server =
        new ApiServer(
            "127.0.0.1",
            0,
            identity,
            List.of(
                new HydrolixDialect(
                    new HydrolixDialect.Ports(
                        catalog,
                        new JdbiOrganizations(database),
                        identity,
                        new JdbiActivity(database, clock),
                        new IcebergContents(tables, storage),
                        jobs,
                        new JdbiSubmissions(database, clock),
                        folders),
                    secrets,
                    new AllowedSources(
                        Set.of("https://objects.acme.example"), Set.of("landing", "other")),
                    "aws",
                    clock)));
    server.start();
  }

  static TestApi start(Path folder) {
    try {
      return new TestApi(folder);
    } catch (IOException e) {
      throw new IllegalStateException("cannot start", e);
    }
  }

  String org() {
    return "/config/v1/orgs/" + organization;
  }

  /**
   * @param path below the organization
   */
  Reply send(String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.uri() + org() + path))
            .header("Authorization", "Bearer " + KEY)
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      HttpResponse<String> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      String text = response.body();
      return new Reply(
          response.statusCode(),
          text.isEmpty() ? MissingNode.getInstance() : JSON.readTree(text),
          response);
    } catch (IOException e) {
      throw new IllegalStateException(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  Reply get(String path) {
    return send("GET", path, "");
  }

  /** Makes something and gives what came back. */
  JsonNode made(String path, String body) {
    Reply reply = send("POST", path, body);
    if (reply.status() != 201) {
      throw new AssertionError("POST " + path + ": " + reply.status() + " " + reply.json());
    }
    return reply.json();
  }

  /** Makes a project and a table of these names and gives the path of the table. */
  String table(String project, String table) {
    String id = made("/projects/", "{\"name\": \"" + project + "\"}").path("uuid").asText();
    String tables = "/projects/" + id + "/tables/";
    return tables + made(tables, "{\"name\": \"" + table + "\"}").path("uuid").asText();
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  @Override
  public void close() {
    server.close();
    folders.close();
    tables.close();
    database.close();
    s3.close();
  }
}
