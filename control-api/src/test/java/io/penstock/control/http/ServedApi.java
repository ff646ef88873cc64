package io.penstock.control.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.penstock.control.dialect.hydrolix.AllowedSources;
import io.penstock.control.dialect.hydrolix.Autoingest;
import io.penstock.control.dialect.hydrolix.HydrolixDialect;
import io.penstock.control.dialect.polaris.PolarisDialect;
import io.penstock.control.dialect.polaris.SourceRules;
import io.penstock.control.identity.Identity;
import io.penstock.control.identity.Passwords;
import io.penstock.control.identity.Tokens;
import io.penstock.control.job.JobService;
import io.penstock.control.publish.IcebergContents;
import io.penstock.control.publish.IcebergTables;
import io.penstock.control.publish.S3BucketProbe;
import io.penstock.control.publish.S3InputStorage;
import io.penstock.control.publish.S3JobFolders;
import io.penstock.control.publish.StorageAccess;
import io.penstock.control.store.Database;
import io.penstock.control.store.JdbiAccounts;
import io.penstock.control.store.JdbiActivity;
import io.penstock.control.store.JdbiCatalog;
import io.penstock.control.store.JdbiJobStore;
import io.penstock.control.store.JdbiOrganizations;
import io.penstock.control.store.JdbiRoles;
import io.penstock.control.store.JdbiSnapshotLedger;
import io.penstock.control.store.JdbiStreams;
import io.penstock.control.store.JdbiSubmissions;
import io.penstock.control.store.JdbiUploadedFiles;
import io.penstock.control.store.JdbiWatches;
import io.penstock.control.store.TestDatabase;
import io.penstock.spec.SecretBox;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The API as it is served, over a real PostgreSQL; nothing runs the jobs. */
public final class ServedApi implements AutoCloseable {
  public static final String API_KEY = "pok_served";
  public static final String EMAIL = "ops@acme.example";
  public static final String PASSWORD = "correct horse";
  private static final Clock CLOCK = Clock.systemUTC();

  private final StorageAccess storage;
  private final AllowedSources sources;
  private final HttpClient client = HttpClient.newHttpClient();
  private final String databaseUrl = TestDatabase.url();
  private final String secretKey = SecretBox.newKey();
  private Database database;
  private JdbiCatalog catalog;
  private JdbiJobStore store;
  private JobService jobs;
  private IcebergTables tables;
  private S3JobFolders folders;
  private S3InputStorage inputs;
  private Autoingest autoingest;
  private JdbiStreams streams;
  private ApiServer server;

  /** Nothing listens at its storage, for what does not need one. */
  public ServedApi() {
    this(
        new StorageAccess(
            Optional.of(URI.create("http://127.0.0.1:9")), "us-east-1", true, "b", "", "k", "s"),
        new AllowedSources(Set.of("https://s3.acme.example"), Set.of()));
  }

  public ServedApi(StorageAccess storage, AllowedSources sources) {
    this.storage = storage;
    this.sources = sources;
    start();
  }

  public JdbiCatalog catalog() {
    return catalog;
  }

  public JobService jobs() {
    return jobs;
  }

  /** Through which jobs can be brought to any state, as if something ran them. */
  public JdbiJobStore store() {
    return store;
  }

  public Autoingest autoingest() {
    return autoingest;
  }

  public JdbiStreams streams() {
    return streams;
  }

  public IcebergTables tables() {
    return tables;
  }

  public SecretBox secrets() {
    return SecretBox.of(secretKey);
  }

  /** What came back; the body is missing if there was none. */
  public record Reply(int status, HttpHeaders headers, JsonNode body, URI uri) {}

  private void start() {
    database = Database.open(databaseUrl, "postgres", "");
    tables =
        new IcebergTables(databaseUrl, "postgres", "", storage, new JdbiSnapshotLedger(database));
    folders = new S3JobFolders(storage);
    inputs = new S3InputStorage(storage);
    catalog = new JdbiCatalog(database, CLOCK);
    JdbiAccounts accounts = new JdbiAccounts(database, CLOCK);
    Passwords passwords = new Passwords();
    boolean unused =
        catalog.bootstrap("acme", API_KEY)
            && accounts.bootstrap(EMAIL, () -> passwords.hash(PASSWORD));
    autoingest = new Autoingest(catalog, new JdbiActivity(database, CLOCK), sources, 1);
    streams = new JdbiStreams(database);
    store = new JdbiJobStore(database, CLOCK);
    jobs = new JobService(store, CLOCK, () -> {});
    Identity identity =
        new Identity(
            accounts,
            new JdbiRoles(database),
            passwords,
            Tokens.of(secretKey, CLOCK),
            catalog,
            CLOCK);
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
                        new JdbiActivity(database, CLOCK),
                        new IcebergContents(tables, storage),
                        jobs,
                        new JdbiSubmissions(database, CLOCK),
                        folders,
                        autoingest,
                        new JdbiWatches(database),
                        streams),
                    secrets(),
                    sources,
                    "aws",
                    CLOCK),
                new PolarisDialect(
                    new PolarisDialect.Ports(
                        catalog,
                        new JdbiActivity(database, CLOCK),
                        new IcebergContents(tables, storage),
                        jobs,
                        new JdbiSubmissions(database, CLOCK),
                        folders,
                        new S3BucketProbe(storage, secrets()),
                        new JdbiUploadedFiles(database),
                        inputs,
                        secrets(),
                        CLOCK),
                    new SourceRules(sources::allowsEndpoint, sources::allowsBucket))));
    server.start();
  }

  /** Everything that is only in memory is gone. */
  public void restart() {
    close();
    start();
  }

  /** With the API key. */
  public Reply call(String method, String path, String json) {
    return call(method, path, json, API_KEY);
  }

  public Reply call(String method, String path, String json, String token) {
    return send(request(method, path, json).header("Authorization", "Bearer " + token));
  }

  /** Without credentials, for what is added to it. */
  public HttpRequest.Builder request(String method, String path, String body) {
    return HttpRequest.newBuilder(URI.create(server.uri() + path))
        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
  }

  public Reply send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
      return new Reply(
          response.statusCode(),
          response.headers(),
          response.body().isEmpty() ? MissingNode.getInstance() : Requests.parse(response.body()),
          response.uri());
    } catch (IOException e) {
      throw new IllegalStateException("no answer to " + request, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** A token got by logging in. */
  public String login() {
    return send(request(
            "POST",
            "/config/v1/login",
            "{\"username\": \"%s\", \"password\": \"%s\"}".formatted(EMAIL, PASSWORD)))
        .body()
        .at("/auth_token/access_token")
        .textValue();
  }

  /** The path of the organization. */
  public String organization() {
    return "/config/v1/orgs/"
        + call("GET", "/config/v1/orgs", "").body().path(0).path("uuid").textValue();
  }

  @Override
  public void close() {
    server.close();
    folders.close();
    inputs.close();
    tables.close();
    database.close();
  }
}
