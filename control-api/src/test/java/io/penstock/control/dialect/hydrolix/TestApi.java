package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.penstock.control.arrivals.Streams;
import io.penstock.control.catalog.Catalog;
import io.penstock.control.http.ServedApi;
import io.penstock.control.job.FailureKind;
import io.penstock.control.job.Job;
import io.penstock.control.job.JobChanges;
import io.penstock.control.job.JobService;
import io.penstock.control.job.Progress;
import io.penstock.control.publish.IcebergTables;
import io.penstock.control.publish.StorageAccess;
import io.penstock.locals3.LocalS3;
import io.penstock.spec.SecretBox;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The product's API with a real S3 server, asked below the path of its organization. */
final class TestApi implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  final LocalS3 s3;
  final Catalog catalog;
  final JobService jobs;
  final IcebergTables tables;
  final SecretBox secrets;
  final Autoingest autoingest;
  final Streams streams;
  final UUID organization;

  private final ServedApi served;

  /** What came back; {@code json} is missing if there is no body. */
  record Reply(int status, JsonNode json, HttpHeaders headers, URI uri) {}

  private TestApi(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("penstock"));
    s3 = LocalS3.start(folder, 0, "key", "secret");
    served =
        new ServedApi(
            new StorageAccess(
                Optional.of(s3.endpoint()), "us-east-1", true, "penstock", "", "key", "secret"),
            new AllowedSources(Set.of("https://objects.acme.example"), Set.of("landing", "other")));
    catalog = served.catalog();
    jobs = served.jobs();
    tables = served.tables();
    secrets = served.secrets();
    autoingest = served.autoingest();
    streams = served.streams();
    organization = catalog.caller(ServedApi.API_KEY).orElseThrow().organization().id();
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
        served
            .request(method, org() + path, body)
            .header("Authorization", "Bearer " + ServedApi.API_KEY);
    if (headers.length > 0) {
      request.headers(headers);
    }
    ServedApi.Reply reply = served.send(request);
    return new Reply(reply.status(), reply.body(), reply.headers(), reply.uri());
  }

  /**
   * @param path the whole of it
   * @param headers beside the key, or instead of it: {@code none} to send none
   */
  Reply sendWhole(String method, String path, String body, Map<String, String> headers) {
    HttpRequest.Builder request = served.request(method, path, body);
    Map<String, String> all = new HashMap<>(headers);
    all.putIfAbsent("Authorization", "Bearer " + ServedApi.API_KEY);
    all.values().remove("none");
    all.forEach(request::header);
    ServedApi.Reply reply = served.send(request);
    return new Reply(reply.status(), reply.body(), reply.headers(), reply.uri());
  }

  /** Brings a job there, as if something had run it; gives its id. */
  String canceled(String job) {
    Job found = found(job);
    jobs.cancel(organization, found.id(), found.createdBy());
    return job;
  }

  String done(String job) {
    saved(JobChanges.finished(running(job), Instant.now(), Progress.NONE, List.of()));
    return job;
  }

  String failed(String job) {
    saved(
        JobChanges.failed(
            running(job),
            Instant.now(),
            Progress.NONE,
            FailureKind.SOURCE_UNREACHABLE,
            List.of("LIST s3://landing/x/: it is not there")));
    return job;
  }

  /** Listing goes on, and its tasks are in these states. */
  void progressed(String job, Map<Progress.TaskState, Integer> tasks) {
    Progress none = Progress.NONE;
    Progress progress =
        new Progress(Progress.TaskState.RUNNING, tasks, true, 0, none.counts(), 0, 0, 0, 0, 0, 0);
    saved(JobChanges.progressed(running(job), progress, Optional.empty()));
  }

  private Job running(String job) {
    Job submitting = saved(JobChanges.submitting(found(job), Instant.now()));
    return saved(JobChanges.running(submitting, Instant.now()));
  }

  private Job found(String job) {
    return jobs.find(organization, UUID.fromString(job)).orElseThrow();
  }

  private Job saved(Job job) {
    return served.store().update(job, "engine", "");
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
    served.close();
    s3.close();
  }
}
