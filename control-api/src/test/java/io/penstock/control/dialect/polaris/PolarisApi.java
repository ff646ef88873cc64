package io.penstock.control.dialect.polaris;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.control.dialect.hydrolix.AllowedSources;
import io.penstock.control.http.Requests;
import io.penstock.control.http.ServedApi;
import io.penstock.control.publish.StorageAccess;
import io.penstock.locals3.LocalS3;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The product's API with a real S3 server, asked below the path of one project. */
final class PolarisApi implements AutoCloseable {
  final LocalS3 s3;
  final ServedApi served;
  final String project;

  private PolarisApi(Path folder) throws IOException {
    for (String bucket : new String[] {"penstock", "acme-raw"}) {
      Files.createDirectories(folder.resolve(bucket));
    }
    s3 = LocalS3.start(folder, 0, "key", "secret");
    served =
        new ServedApi(
            new StorageAccess(
                Optional.of(s3.endpoint()), "us-east-1", true, "penstock", "", "key", "secret"),
            new AllowedSources(
                Set.of(s3.endpoint().toString()), Set.of("acme-raw", "other", "missing")));
    project =
        served
            .call("POST", served.organization() + "/projects", json("{'name': 'p-7f3'}"))
            .body()
            .path("uuid")
            .textValue();
  }

  static PolarisApi start(Path folder) {
    try {
      return new PolarisApi(folder);
    } catch (IOException e) {
      throw new IllegalStateException("cannot start", e);
    }
  }

  /** With double quotes in place of single ones. */
  static String json(String text) {
    return text.replace('\'', '"');
  }

  UUID organization() {
    return served.catalog().caller(ServedApi.API_KEY).orElseThrow().organization().id();
  }

  /**
   * @param path below the project
   * @param text JSON with single quotes; empty for no body
   */
  ServedApi.Reply send(String method, String path, String text, String... headers) {
    return raw(method, "/v1/projects/" + project + path, json(text), headers);
  }

  /** With the API key, and as JSON, unless the headers say otherwise. */
  ServedApi.Reply raw(String method, String path, String body, String... headers) {
    HttpRequest.Builder request = served.request(method, path, body);
    if (!Arrays.asList(headers).contains("Authorization")) {
      request.header("Authorization", "Basic " + ServedApi.API_KEY);
    }
    if (!body.isEmpty() && !Arrays.asList(headers).contains("Content-Type")) {
      request.header("Content-Type", "application/json");
    }
    return served.send(headers.length == 0 ? request : request.headers(headers));
  }

  JsonNode get(String path) {
    ServedApi.Reply reply = send("GET", path, "");
    if (reply.status() != 200) {
      throw new AssertionError("GET " + path + ": " + reply.status() + " " + reply.body());
    }
    return reply.body();
  }

  /** Makes something and gives what came back. */
  JsonNode made(String path, String text, String... headers) {
    ServedApi.Reply reply = send("POST", path, text, headers);
    if (reply.status() != 201) {
      throw new AssertionError("POST " + path + ": " + reply.status() + " " + reply.body());
    }
    return reply.body();
  }

  /** A connection to the bucket with the right keys. */
  JsonNode connection(String name, String bucket, String prefix) {
    return made(
        "/connections",
        """
        {'type': 's3', 'name': '%s', 'bucket': '%s', 'awsEndpoint': '%s', 'prefix': '%s',
         'secrets': {'type': 'access_key', 'accessKeyId': 'key', 'accessKeySecret': 'secret'}}"""
            .formatted(name, bucket, s3.endpoint(), prefix));
  }

  /** The token of a service account that has these permissions in the organization. */
  String holder(String... permissions) {
    String name = "role-" + UUID.randomUUID();
    ObjectNode role = JsonNodeFactory.instance.objectNode().put("name", name);
    ObjectNode policy = role.putArray("policies").addObject();
    ArrayNode list = policy.putArray("permissions");
    Arrays.stream(permissions).forEach(list::add);
    policy.put("scope_type", "org").put("scope_id", organization().toString());
    served.call("POST", "/config/v1/roles", role.toString());
    String accounts = "/config/v1/service_accounts/";
    String account =
        served
            .call("POST", accounts, json("{'name': '" + name + "'}"))
            .body()
            .path("uuid")
            .textValue();
    served.call(
        "POST", "/config/v1/users/" + account + "/add_roles", json("{'roles': ['" + name + "']}"));
    return served
        .call("POST", accounts + account + "/tokens", "{}")
        .body()
        .path("token")
        .textValue();
  }

  static JsonNode parsed(String text) {
    return Requests.parse(json(text));
  }

  @Override
  public void close() {
    served.close();
    s3.close();
  }
}
