package io.penstock.control.dialect.hydrolix;

import static io.penstock.control.dialect.hydrolix.TestApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.control.dialect.hydrolix.TestApi.Reply;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What OPTIONS tells of the collections. */
final class MetadataTest {
  @TempDir static Path folder;
  private static TestApi api;
  private static String table;

  @BeforeAll
  static void start() {
    api = TestApi.start(folder);
    table = api.table("shop", "orders");
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/jobs/batch/", "/projects/", "TABLES/", "TABLE/transforms", "/credentials"})
  void everyDescriptorCanBePrintedAndWalked(String collection) {
    String path =
        collection
            .replace("TABLES", table.substring(0, table.lastIndexOf('/')))
            .replace("TABLE", table);

    Reply reply = api.send("OPTIONS", path, "");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("renders")).isEqualTo(json("[\"application/json\"]"));
    int fields = walk(reply.json().at("/actions/POST"));
    System.out.println("OPTIONS " + collection + ": " + fields + " descriptors");
    assertThat(fields).isGreaterThan(9);
  }

  private static int walk(JsonNode fields) {
    int count = 0;
    for (Map.Entry<String, JsonNode> field : fields.properties()) {
      JsonNode descriptor = field.getValue();
      assertThat(descriptor.path("type").asText()).as(field.getKey()).isNotEmpty();
      assertThat(descriptor.path("required").isBoolean()).isTrue();
      assertThat(descriptor.path("read_only").isBoolean()).isTrue();
      assertThat(descriptor.path("label").asText()).isNotEmpty();
      boolean nested = descriptor.path("type").asText().equals("nested object");
      assertThat(descriptor.has("children")).isEqualTo(nested);
      count += 1 + walk(descriptor.path("children"));
    }
    return count;
  }

  /** A client looks up {@code a.b.c} of whatever it reads. */
  @Test
  void theTreeMirrorsTheObject() {
    JsonNode described =
        api.send("OPTIONS", table.substring(0, table.lastIndexOf('/')), "")
            .json()
            .at("/actions/POST");

    mirrors(described, api.get(table).json());
  }

  private static void mirrors(JsonNode described, JsonNode object) {
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      assertThat(described.has(field.getKey())).as(field.getKey()).isTrue();
      if (field.getValue().isObject() && !field.getValue().isEmpty()) {
        mirrors(described.path(field.getKey()).path("children"), field.getValue());
      }
    }
  }

  @Test
  void aJobIsDescribedAsTheContractShowsIt() {
    JsonNode post = api.send("OPTIONS", "/jobs/batch", "").json().at("/actions/POST");

    assertThat(post.path("name"))
        .isEqualTo(
            json(
                "{\"type\":\"string\",\"required\":false,\"read_only\":false,\"label\":\"Name\",\"max_length\":64}"));
    assertThat(post.path("created"))
        .isEqualTo(
            json(
                "{\"type\":\"datetime\",\"required\":false,\"read_only\":true,\"label\":\"Created\"}"));
    assertThat(post.at("/type/max_length").intValue()).isEqualTo(256);
    assertThat(post.at("/type/required").booleanValue()).isTrue();
    assertThat(post.path("type").findValuesAsText("value")).containsExactly("batch_import");
    assertThat(post.path("status").findValuesAsText("value"))
        .containsExactly("ready", "running", "failed", "pending", "done", "canceled", "unknown");
    assertThat(post.at("/settings/children/max_active_partitions"))
        .isEqualTo(
            json(
                "{\"type\":\"integer\",\"required\":false,\"read_only\":false,\"label\":\"Max active partitions\"}"));
    assertThat(post.at("/settings/children/source/children/settings/children/url/label").asText())
        .isEqualTo("Url");
    for (String field :
        new String[] {"created", "modified", "status", "org", "details", "created_by_user"}) {
      assertThat(post.path(field).path("read_only").booleanValue()).as(field).isTrue();
    }
    for (String field : new String[] {"uuid", "name", "description", "type", "settings"}) {
      assertThat(post.path(field).path("read_only").booleanValue()).as(field).isFalse();
    }
  }
}
