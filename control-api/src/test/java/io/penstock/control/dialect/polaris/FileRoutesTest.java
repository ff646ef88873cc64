package io.penstock.control.dialect.polaris;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.control.http.ServedApi;
import io.penstock.control.http.ServedApi.Reply;
import io.penstock.control.job.Job;
import io.penstock.control.publish.S3InputStorage;
import io.penstock.control.publish.StorageAccess;
import io.penstock.spec.ObjectSelection;
import io.penstock.spec.RecordFormat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FileRoutesTest {
  private static final String BOUNDARY = "----penstock";

  @TempDir static Path folder;
  private static PolarisApi api;

  @BeforeAll
  static void serve() {
    api = PolarisApi.start(folder);
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  private static Reply upload(String query, String name, String type, String text) {
    return api.raw(
        "POST",
        "/v1/projects/" + api.project + "/files" + query,
        "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n%s\r\n%s\r\n--%s--\r\n"
            .formatted(
                BOUNDARY,
                name,
                type.isEmpty() ? "" : "Content-Type: " + type + "\r\n",
                text,
                BOUNDARY),
        "Content-Type",
        "multipart/form-data; boundary=" + BOUNDARY);
  }

  private static String md5(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
  }

  @Test
  void aFileIsShownAsItWasUploaded() throws Exception {
    String text = "{\"id\": 1, \"city\": \"Zürich\"}\n";

    Reply reply = upload("", "day1.json", "", text);

    assertThat(reply.status()).as(reply.body().toString()).isEqualTo(201);
    JsonNode file = reply.body();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    assertThat(file.path("name").asText()).isEqualTo("day1.json");
    assertThat(file.path("sizeBytes").asInt()).isEqualTo(bytes.length);
    assertThat(file.path("dataFormat").asText()).isEqualTo("nd-json");
    assertThat(file.path("compressionFormat").asText()).isEqualTo("none");
    assertThat(file.path("digest").path("hash").asText()).isEqualTo(md5(bytes));
    assertThat(file.path("uploadedBy").path("username").asText()).isNotEmpty();
    assertThat(api.get("/files/day1.json")).isEqualTo(file);
  }

  @ParameterizedTest
  @CsvSource({
    "'', a.csv.gz, '', csv, gz",
    "'', b.tsv, '', csv, none",
    "'', c, text/csv, csv, none",
    "'', d.csv, application/json; charset=utf-8, nd-json, none",
    "'?dataFormat=csv', e.json, application/json, csv, none",
    "'?dataFormat=csv&compressionFormat=gz', f, '', csv, gz",
    "'', g.json, application/gzip, nd-json, gz",
    "'', in/folders/h.jsonl.zst, '', nd-json, zstd",
  })
  void whatIsSaidGoesBeforeTheTypeAndThatBeforeTheName(
      String query, String name, String type, String format, String compression) {
    Reply reply = upload(query, name, type, "x");

    assertThat(reply.status()).as(reply.body().toString()).isEqualTo(201);
    assertThat(reply.body().path("dataFormat").asText()).isEqualTo(format);
    assertThat(reply.body().path("compressionFormat").asText()).isEqualTo(compression);
    assertThat(api.get("/files/" + name).path("name").asText()).isEqualTo(name);
  }

  @Test
  void whatIsWrongIsNamed() {
    assertThat(upload("", "nothing", "", "x").body().path("target").asText())
        .isEqualTo("dataFormat");
    assertThat(upload("?dataFormat=cvs", "x", "", "x").body().path("message").asText())
        .contains("Did you mean \"csv\"?");
    assertThat(upload("?compressionFormat=zip", "x.csv", "", "x").status()).isEqualTo(400);
    assertThat(api.send("POST", "/files", "{}").status()).isEqualTo(415);
    Reply none =
        api.raw(
            "POST",
            "/v1/projects/" + api.project + "/files",
            "--" + BOUNDARY + "--\r\n",
            "Content-Type",
            "multipart/form-data; boundary=" + BOUNDARY);
    assertThat(none.status()).isEqualTo(400);
    assertThat(none.body().path("target").asText()).isEqualTo("file");
  }

  @Test
  void aNameIsTakenOnceUntilTheFileIsDeleted() {
    assertThat(upload("", "twice.csv", "", "a").status()).isEqualTo(201);
    Reply again = upload("", "twice.csv", "", "b");
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.body().path("code").asText()).isEqualTo("AlreadyExists");

    assertThat(api.send("DELETE", "/files/twice.csv", "").status()).isEqualTo(204);

    assertThat(api.send("GET", "/files/twice.csv", "").status()).isEqualTo(404);
    assertThat(api.send("DELETE", "/files/twice.csv", "").status()).isEqualTo(404);
    assertThat(upload("", "twice.csv", "", "c").status()).isEqualTo(201);
  }

  @Test
  void aListIsSearchedSortedAndPaged() {
    for (String name : List.of("list-b.csv", "list-a.csv", "list-c.csv")) {
      upload("", name, "", name.contains("b") ? "longest" : "x");
    }
    String list = "/files?searchString=LIST-&sortColumn=name&sortOrder=ASC";

    JsonNode first = api.get(list + "&paginationLimit=2");

    assertThat(names(first)).containsExactly("list-a.csv", "list-b.csv");
    assertThat(first.path("totalCount").asInt()).isEqualTo(3);
    assertThat(first.path("links").has("@prevLink")).isFalse();
    String next = first.path("links").path("@nextLink").asText();
    JsonNode second = api.raw("GET", next, "").body();
    assertThat(names(second)).containsExactly("list-c.csv");
    assertThat(second.path("links").has("@nextLink")).isFalse();
    assertThat(second.path("links").has("@prevLink")).isTrue();
    assertThat(names(api.get("/files?searchString=list-&sortColumn=size_bytes")).get(0))
        .isEqualTo("list-b.csv");
    JsonNode space = first.path("space");
    assertThat(space.path("usedBytes").asLong() + space.path("remainingBytes").asLong())
        .isEqualTo(space.path("allocatedBytes").asLong());
    assertThat(api.send("GET", "/files?paginationLimit=0", "").status()).isEqualTo(400);
    assertThat(api.send("GET", "/files?sortColumn=size", "").status()).isEqualTo(400);
  }

  private static List<String> names(JsonNode list) {
    return list.path("files").findValuesAsText("name");
  }

  /** The client would have to have them. */
  @Test
  void moreThanTenGigabytesAreRefusedBeforeTheyAreRead() throws Exception {
    URI uri = api.raw("GET", "/v1/apikeyinfo", "").uri();
    String answer;
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      socket
          .getOutputStream()
          .write(
              ("POST /v1/projects/"
                      + api.project
                      + "/files HTTP/1.1\r\nHost: x\r\nAuthorization: Basic "
                      + ServedApi.API_KEY
                      + "\r\nContent-Type: multipart/form-data; boundary=b\r\n"
                      + "Content-Length: 10000000001\r\n\r\n")
                  .getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
      answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.UTF_8);
    }

    assertThat(answer).isEqualTo("HTTP/1.1 413");
  }

  private static String job(String source) {
    return """
    {'type': 'batch', 'target': {'type': 'table', 'tableName': 'rides'},
     'createTableIfNotExists': true,
     'source': {%s, 'inputSchema': [{'name': 'at', 'dataType': 'timestamp'}]},
     'mappings': [{'columnName': '__time', 'expression': '\\'at\\''}]}"""
        .formatted(source);
  }

  private static Job made(String source) {
    JsonNode job = api.made("/jobs", job(source));
    return api.served
        .jobs()
        .find(api.organization(), UUID.fromString(job.path("id").asText()))
        .orElseThrow();
  }

  @Test
  void aJobReadsUploadedFilesAsTheyAreWrittenAndKeepsThem() {
    String id =
        upload("?dataFormat=csv", "in/up1.txt", "", "at\n2024-06-01").body().path("id").asText();
    upload("", "up2.csv.gz", "", "x");

    Job job = made("'type': 'uploaded', 'fileList': ['in/up1.txt', 'up2.csv.gz', 'in/up1.txt']");

    assertThat(job.definition().source().connection()).isEmpty();
    assertThat(job.definition().source().bucket()).isEqualTo("penstock");
    assertThat(job.definition().transform().format()).isInstanceOf(RecordFormat.Csv.class);
    assertThat(((ObjectSelection.Objects) job.definition().source().selection()).keys())
        .hasSize(2)
        .contains("system/files/" + api.project + "/" + id + "/up1.txt");
    Reply busy = api.send("DELETE", "/files/in/up1.txt", "");
    assertThat(busy.status()).isEqualTo(400);
    assertThat(busy.body().path("code").asText()).isEqualTo("StateConflict");
    assertThat(
            api.get("/jobs?sortColumn=created_date_time&paginationLimit=1")
                .path("values")
                .path(0)
                .path("source"))
        .isEqualTo(PolarisApi.parsed("{'type': 'uploaded'}"));
  }

  @Test
  void aFileThatIsNotThereOrCannotBeReadIsNamed() {
    upload("", "known.csv", "", "x");
    upload("", "packed.csv.xz", "", "x");
    upload("", "other.json", "", "x");

    Reply missing = api.send("POST", "/jobs", job("'type': 'uploaded', 'fileList': ['knwon.csv']"));
    assertThat(missing.body().path("target").asText()).isEqualTo("source.fileList[0]");
    assertThat(missing.body().path("message").asText()).contains("Did you mean \"known.csv\"?");
    Reply packed =
        api.send("POST", "/jobs", job("'type': 'uploaded', 'fileList': ['packed.csv.xz']"));
    assertThat(packed.body().path("code").asText()).isEqualTo("UnsupportedFeature");
    Reply mixed =
        api.send(
            "POST", "/jobs", job("'type': 'uploaded', 'fileList': ['known.csv', 'other.json']"));
    assertThat(mixed.body().path("target").asText()).isEqualTo("source.formatSettings");
    assertThat(
            api.send("POST", "/jobs", job("'type': 'uploaded', 'fileList': []"))
                .body()
                .path("target")
                .asText())
        .isEqualTo("source.fileList");
  }

  @Test
  void inlineDataIsStoredForTheJobAndShownShort() {
    String data = "{\\'at\\': 1}\\n".repeat(200);

    Job job =
        made(
            "'type': 'inline', 'formatSettings': {'format': 'nd-json'}, 'data': '"
                + data.replace("\\'", "~")
                + "'");

    assertThat(((ObjectSelection.Objects) job.definition().source().selection()).keys())
        .containsExactly("system/files/" + api.project + "/" + job.id() + "/inline");
    JsonNode full = api.get("/jobs/" + job.id());
    assertThat(full.path("source").path("data").asText()).hasSize(200 * 10);
    JsonNode summary =
        api.get("/jobs?searchString=" + job.id()).path("values").path(0).path("source");
    assertThat(summary.path("data").asText()).hasSize(1_024);
    assertThat(folder.resolve("penstock/system/files/" + api.project + "/" + job.id() + "/inline"))
        .exists();
  }

  @Test
  void aFileOfManyPartsIsStoredWholeAndAnUnfinishedOneNotAtAll() throws Exception {
    byte[] bytes = new byte[40 * 1024 * 1024];
    new Random(11).nextBytes(bytes);
    try (S3InputStorage inputs =
        new S3InputStorage(
            new StorageAccess(
                Optional.of(api.s3.endpoint()),
                "us-east-1",
                true,
                "penstock",
                "",
                "key",
                "secret"))) {
      assertThat(inputs.put("parts", new ByteArrayInputStream(bytes)).bytes())
          .isEqualTo(bytes.length);
      assertThat(inputs.put("again", new ByteArrayInputStream(bytes)).md5()).isEqualTo(md5(bytes));
      InputStream broken =
          new SequenceInputStream(
              new ByteArrayInputStream(bytes, 0, 20 * 1024 * 1024), new Broken());
      assertThatThrownBy(() -> inputs.put("broken", broken)).hasMessage("gone");
    }
    assertThat(folder.resolve("penstock/parts")).hasBinaryContent(bytes);
    assertThat(folder.resolve("penstock/broken")).doesNotExist();
  }

  private static final class Broken extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("gone");
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
      return read();
    }
  }
}
