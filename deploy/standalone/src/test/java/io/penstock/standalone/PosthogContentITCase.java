package io.penstock.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What exports leave in their buckets, end to end: HTTP, Flink, Iceberg, S3. Numbers are those of
 * the contract's cases.
 */
final class PosthogContentITCase {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant MIDNIGHT = Instant.parse("2023-01-01T00:00:00Z");
  private static final Instant ONE = Instant.parse("2023-01-01T01:00:00Z");
  private static final Instant TWO = Instant.parse("2023-01-01T02:00:00Z");
  private static final String N = "2023-01-01T00:00:00+00:00-2023-01-01T01:00:00+00:00";

  /** Three hours, with some rows of the first one twice. */
  private static final String EVENTS =
      """
      SELECT epoch_ms(TIMESTAMP '2023-01-01' + to_milliseconds(i * 1800)) AS ts, i AS id,
          CASE WHEN i % 3 = 0 THEN 'click' WHEN i % 3 = 1 THEN 'view, "all"' END AS event,
          'd' || (i % 7) AS distinct_id,
          {'$browser': CASE i % 4 WHEN 0 THEN 'Firefox' WHEN 1 THEN 'Safari' END, 'n': i, 'x': ['ø', i::VARCHAR]} AS properties
        FROM (SELECT range AS i FROM range(6000) UNION ALL SELECT range + 100 FROM range(50))""";

  private static final String PERSONS =
      "SELECT epoch_ms(TIMESTAMP '2023-01-01' + to_milliseconds(i * 7200)) AS ts, i AS id FROM range(%d) r(i)";

  @TempDir static Path folder;
  private static PenstockProcess penstock;
  private static PosthogProject project;
  private static Connection duckDb;

  @BeforeAll
  static void start() throws Exception {
    penstock =
        PenstockProcess.start(
            folder.resolve("content"),
            "penstock.export.max-backfills=100",
            "penstock.export.earliest-backfill=true",
            "penstock.export.settle-delay=PT0S");
    project = PosthogProject.make(penstock);
    duckDb = DriverManager.getConnection("jdbc:duckdb:");
    execute("SET TimeZone = 'UTC'");
    String at =
        "{'name': 'ts', 'datatype': {'type': 'epoch', 'primary': true, 'format': 'ms', 'resolution': 'ms'}}";
    String id = ", {'name': 'id', 'datatype': {'type': 'int64'}}";
    project.newTable(
        "events",
        at
            + id
            + ", {'name': 'event', 'datatype': {'type': 'string'}}"
            + ", {'name': 'distinct_id', 'datatype': {'type': 'string'}}"
            + ", {'name': 'properties', 'datatype': {'type': 'json'}}");
    table("events", EVENTS);
    for (String name : List.of("persons", "sessions")) {
      project.newTable(name, at + id);
      table(name, PERSONS.formatted(name.equals("persons") ? 1200 : 900));
    }
  }

  private static void table(String name, String query) throws Exception {
    execute("CREATE TABLE " + name + " AS " + query);
    project.load(name, "all", PosthogProject.lines(duckDb, "FROM " + name));
  }

  private static void execute(String sql) throws Exception {
    try (Statement statement = duckDb.createStatement()) {
      statement.execute(sql);
    }
  }

  @AfterAll
  static void stop() throws Exception {
    duckDb.close();
    project.close();
    penstock.kill();
  }

  /** An export of an hour into a bucket of its own. */
  private record Begun(String export, String bucket, String backfill) {}

  private static Begun begin(String bucket, String model, String destination, String more)
      throws Exception {
    project.makeBucket(bucket);
    String export =
        project.export(model, destination.replace("'landing'", "'" + bucket + "'"), more);
    return new Begun(export, bucket, project.backfill(export, MIDNIGHT, ONE));
  }

  private static JsonNode completed(Begun begun) throws Exception {
    JsonNode run = project.runs(begun.export(), begun.backfill()).get(0);
    assertThat(run.path("status").asText()).as(run.toString()).isEqualTo("Completed");
    return run;
  }

  private static JsonNode json(String bucket, String key) throws Exception {
    return JSON.readTree(project.object(bucket, key));
  }

  private static String options(String format, String codec) {
    return ", 'file_format': '%s', 'compression': %s"
        .formatted(format, codec.isEmpty() ? "null" : "'" + codec + "'");
  }

  /** A row of the contract's key table. */
  private record KeyCase(String prefix, String options, boolean older, String key) {}

  private static List<KeyCase> keys() {
    String j = options("JSONLines", "");
    String gzip = options("JSONLines", "gzip");
    String brotli = options("JSONLines", "brotli");
    List<KeyCase> keys = new ArrayList<>();
    String[][] rows = {
      {"", j, "N.jsonl"},
      {"", gzip, "N.jsonl.gz"},
      {"", brotli, "N.jsonl.br"},
      {"/", j, "N.jsonl"},
      {"my-prefix", j, "my-prefix/N.jsonl"},
      {"my-prefix", gzip, "my-prefix/N.jsonl.gz"},
      {"my-prefix", brotli, "my-prefix/N.jsonl.br"},
      {"my-prefix/", j, "my-prefix/N.jsonl"},
      {"/my-prefix", j, "my-prefix/N.jsonl"},
      {"/my-prefix/", j, "my-prefix/N.jsonl"},
      {"nested/prefix/", j, "nested/prefix/N.jsonl"},
      {"/nested/prefix/", j, "nested/prefix/N.jsonl"},
      {"/nested/prefix/", gzip, "nested/prefix/N.jsonl.gz"},
      {"/nested/prefix/", brotli, "nested/prefix/N.jsonl.br"},
      {"/nested/prefix/", options("Parquet", ""), "nested/prefix/N.parquet"},
      {"/nested/prefix/", options("Parquet", "snappy"), "nested/prefix/N.parquet.sz"},
      {"/nested/prefix/", options("Parquet", "gzip"), "nested/prefix/N.parquet.gz"},
      {"/nested/prefix/", options("Parquet", "brotli"), "nested/prefix/N.parquet.br"},
      {"p", options("Parquet", "zstd"), "p/N.parquet.zst"},
      {"p", options("Parquet", "lz4"), "p/N.parquet.lz4"},
      {"/", j + ", 'max_file_size_mb': 1", "N-0.jsonl N_manifest.json"},
      {"bad-{invalid}", j, "bad-{invalid}/N.jsonl"},
      {"bad-{data_interval_start:hour}", j, "bad-{data_interval_start:hour}/N.jsonl"},
      {"t={table}/d={year}-{month}-{day}/h={hour}", j, "t=events/d=2023-01-01/h=01/N.jsonl"},
      {"a{{b}}", j, "a{b}/N.jsonl"},
      {"p", j + ", 'max_file_size_mb': 100", "p/N-0.jsonl p/N_manifest.json"}
    };
    for (String[] row : rows) {
      keys.add(new KeyCase(row[0], row[1], true, row[2].replace("N", N)));
    }
    keys.add(new KeyCase("p", options("Parquet", "zstd"), false, "p/" + N + ".parquet"));
    keys.add(new KeyCase("p", gzip, false, "p/" + N + ".jsonl.gz"));
    return keys;
  }

  @Test
  void case_111_keysAreExactlyThoseOfTheTable() throws Exception {
    List<KeyCase> keys = keys();
    List<Begun> begun = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      KeyCase one = keys.get(i);
      String bucket = "keys-" + i;
      project.makeBucket(bucket);
      String prefix = one.prefix().isEmpty() ? "/" : one.prefix();
      String destination =
          one.older()
              ? project.inline(prefix, one.options())
              : project.compatible(prefix, one.options());
      String export =
          project.export("events", destination.replace("'landing'", "'" + bucket + "'"), "");
      if (one.prefix().isEmpty()) {
        // It cannot come in over HTTP.
        stored(export, "{prefix}", "\"\"");
      }
      begun.add(new Begun(export, bucket, project.backfill(export, MIDNIGHT, ONE)));
    }
    String fromTheBeginning =
        project.export("events", project.inline("begin/x/{data_interval_start}", ""), "");
    String backfill = project.backfill(fromTheBeginning, "null", ONE);

    for (int i = 0; i < keys.size(); i++) {
      completed(begun.get(i));
      assertThat(project.objects("keys-" + i, "").keySet())
          .as("%s", keys.get(i))
          .containsExactlyInAnyOrder(keys.get(i).key().split(" ", -1));
    }
    project.runs(fromTheBeginning, backfill);
    assertThat(project.objects("landing", "begin/").keySet())
        .containsExactly("begin/x/START/None-2023-01-01T01:00:00+00:00.jsonl");
  }

  /** Changes the stored configuration of an export's destination. */
  private static void stored(String export, String path, String value) throws Exception {
    project.sql(
        """
        UPDATE export SET body = jsonb_set(body, '{destination,config}', to_jsonb(
            jsonb_set((body->'destination'->>'config')::jsonb, '%s', '%s')::text)) WHERE id = '%s'"""
            .formatted(path, value, export.substring(export.lastIndexOf('/') + 1)));
  }

  private static final String HOUR = "ts >= 1672531200000 AND ts < 1672534800000";
  private static final String EVENT_COLUMNS = "ts, id, event, distinct_id, properties";

  /**
   * What is exported.
   *
   * @param more of the export
   * @param rows what DuckDB says that is
   */
  private record Selection(String model, String more, String rows, String columns) {}

  private static List<Selection> selections() {
    List<Selection> all = new ArrayList<>();
    String of = "SELECT ts, id, event, distinct_id, properties::JSON::VARCHAR FROM events WHERE ";
    all.add(new Selection("events", "", of + HOUR, EVENT_COLUMNS));
    for (String name : List.of("persons", "sessions")) {
      all.add(new Selection(name, "", "SELECT ts, id FROM " + name + " WHERE " + HOUR, "ts, id"));
    }
    all.add(
        new Selection(
            "events",
            ", 'hogql_query': 'SELECT id, event AS name, properties.$browser AS browser FROM events WHERE id > 100'",
            "SELECT id, event, properties.\"$browser\" FROM events WHERE id > 100 AND " + HOUR,
            "id, name, browser"));
    all.add(
        new Selection(
            "events",
            ", 'filters': [{'key': '$browser', 'operator': 'exact', 'type': 'event', 'value': ['Firefox']}]",
            of + "properties.\"$browser\" = 'Firefox' AND " + HOUR,
            EVENT_COLUMNS));
    return all;
  }

  @Test
  void case_112_rowsAreThoseOfTheIntervalInEveryFormat() throws Exception {
    Map<String, List<String>> formats =
        Map.of(
            "JSONLines", List.of("", "gzip", "brotli"),
            "Parquet", List.of("", "zstd", "lz4", "snappy", "gzip", "brotli"));
    List<Selection> selected = new ArrayList<>();
    List<Begun> begun = new ArrayList<>();
    for (Selection selection : selections()) {
      for (Map.Entry<String, List<String>> format : formats.entrySet()) {
        for (String codec : format.getValue()) {
          String destination = project.inline("p", options(format.getKey(), codec));
          begun.add(
              begin("rows-" + begun.size(), selection.model(), destination, selection.more()));
          selected.add(selection);
        }
      }
    }
    assertThat(begun).hasSize(45);
    for (int i = 0; i < begun.size(); i++) {
      JsonNode run = completed(begun.get(i));
      Map<String, Long> objects = project.objects("rows-" + i, "");
      assertThat(objects).hasSize(1);
      String key = objects.keySet().iterator().next();
      byte[] object = project.object("rows-" + i, key);
      String exported = ExportedObjects.read(object, key, selected.get(i).columns(), folder);
      assertThat(ExportedObjects.differences(duckDb, selected.get(i).rows(), exported))
          .as("%s of %s", key, selected.get(i))
          .isZero();
      long rows = ExportedObjects.count(duckDb, exported);
      assertThat(rows).isPositive();
      assertThat(run.path("records_completed").asLong()).isEqualTo(rows);
      assertThat(run.path("records_total_count").asLong()).isEqualTo(rows);
      assertThat(run.path("bytes_exported").asLong()).isEqualTo(objects.get(key)).isPositive();
    }
  }

  private static void big() throws Exception {
    project.newTable(
        "big",
        """
        {'name': 'ts', 'datatype': {'type': 'epoch', 'primary': true, 'format': 'ms', 'resolution': 'ms'}},
        {'name': 'id', 'datatype': {'type': 'int64'}}, {'name': 'text', 'datatype': {'type': 'string'}}""");
    table(
        "big",
        """
        SELECT epoch_ms(TIMESTAMP '2023-01-01' + to_milliseconds(i * 18)) AS ts, i AS id,
          md5(i::VARCHAR) || md5((i + 1)::VARCHAR) AS text FROM range(200000) r(i)""");
  }

  @Test
  void cases_113_134_filesAreCutAndTheManifestListsThem() throws Exception {
    big();
    Begun cut = begin("cut-6", "big", project.inline("cut", ", 'max_file_size_mb': 6"), "");
    Begun whole = begin("cut-null", "big", project.inline("cut", ", 'max_file_size_mb': null"), "");
    Begun zero = begin("cut-0", "big", project.inline("cut", ", 'max_file_size_mb': 0"), "");
    Begun small = begin("cut-1", "big", project.inline("/", ", 'max_file_size_mb': 1"), "");

    JsonNode run = completed(cut);
    assertThat(run.path("records_completed").asLong()).isEqualTo(200_000);
    List<String> files = manifest("cut-6", "cut/" + N + "_manifest.json");
    assertThat(files).hasSizeGreaterThan(1).isEqualTo(numbered("cut/", files.size()));
    assertListed("cut-6", "cut/" + N + "_manifest.json", files);
    assertThat(ExportedObjects.differences(duckDb, "FROM big", lines("cut-6", files))).isZero();
    for (Begun one : List.of(whole, zero)) {
      completed(one);
      assertThat(project.objects(one.bucket(), "").keySet()).containsExactly("cut/" + N + ".jsonl");
    }

    JsonNode first = completed(small);
    List<String> many = manifest("cut-1", N + "_manifest.json");
    assertThat(many).hasSizeGreaterThan(10).isEqualTo(numbered("", many.size()));
    project.ask(
        "PATCH",
        small.export(),
        "{'filters': [{'key': 'id', 'operator': 'lt', 'type': 'event', 'value': 40000}]}");
    String retried =
        project
            .ask("POST", small.export() + "/runs/" + first.path("id").asText() + "/retry/", "")
            .path("backfill_id")
            .asText();
    JsonNode again = project.runs(small.export(), small.export() + "/backfills/" + retried).get(0);
    assertThat(again.path("records_completed").asLong()).isEqualTo(40_000);
    List<String> fewer = manifest("cut-1", N + "_manifest.json");
    assertThat(fewer).hasSizeLessThan(many.size()).isEqualTo(numbered("", fewer.size()));
    assertListed("cut-1", N + "_manifest.json", fewer);
    assertThat(
            ExportedObjects.differences(duckDb, "FROM big WHERE id < 40000", lines("cut-1", fewer)))
        .isZero();
  }

  private static List<String> numbered(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> prefix + N + "-" + i + ".jsonl").toList();
  }

  private static List<String> manifest(String bucket, String key) throws Exception {
    List<String> files = new ArrayList<>();
    json(bucket, key).path("files").forEach(file -> files.add(file.asText()));
    return files;
  }

  private static void assertListed(String bucket, String manifest, List<String> files) {
    List<String> all = new ArrayList<>(files);
    all.add(manifest);
    assertThat(project.objects(bucket, "").keySet()).containsExactlyInAnyOrderElementsOf(all);
  }

  private static String lines(String bucket, List<String> keys) throws Exception {
    List<String> read = new ArrayList<>();
    for (String key : keys) {
      byte[] object = project.object(bucket, key);
      read.add(ExportedObjects.read(object, key, "ts, id, text", folder));
    }
    return String.join(" UNION ALL ", read);
  }

  @Test
  void case_124_aRetryOfACompletedRunWritesTheSameObjectsAgain() throws Exception {
    Begun begun = begin("again", "events", project.inline("p", ", 'max_file_size_mb': 1"), "");
    JsonNode first = completed(begun);
    String run = begun.export() + "/runs/" + first.path("id").asText();
    Map<String, Long> before = project.objects("again", "");
    assertThat(before).hasSize(2);

    String backfill = project.ask("POST", run + "/retry/", "").path("backfill_id").asText();

    List<JsonNode> runs = project.runs(begun.export(), begun.export() + "/backfills/" + backfill);
    assertThat(runs).hasSize(1);
    assertThat(runs.get(0).path("status").asText()).isEqualTo("Completed");
    assertThat(project.objects("again", "")).isEqualTo(before);
    String key = "p/" + N + "-0.jsonl";
    String exported =
        ExportedObjects.read(project.object("again", key), key, EVENT_COLUMNS, folder);
    assertThat(
            ExportedObjects.differences(
                duckDb,
                "SELECT ts, id, event, distinct_id, properties::JSON::VARCHAR FROM events WHERE "
                    + HOUR,
                exported))
        .isZero();
    assertThat(project.get(run)).isEqualTo(first);
  }

  @Test
  void case_114_aFormatThatIsStoredAndUnknownFailsTheRun() throws Exception {
    String export = project.export("events", project.inline("format", ""), "");
    stored(export, "{file_format}", "\"invalid\"");

    JsonNode run = project.run(export, MIDNIGHT, ONE);

    assertThat(run.path("status").asText()).isEqualTo("Failed");
    assertThat(run.path("latest_error").asText())
        .isEqualTo(
            "UnsupportedFileFormatError: 'invalid' is not a supported format for S3 batch exports.");
    assertThat(project.objects("landing", "format")).isEmpty();
  }

  @Test
  void cases_115_116_anIntervalWithoutRowsLeavesNothing() throws Exception {
    String export =
        project.export(
            "events", project.inline("empty/{table}/{hour}", ", 'max_file_size_mb': 1"), "");
    String backfill = project.backfill(export, TWO, Instant.parse("2023-01-01T05:00:00Z"));

    List<JsonNode> runs = project.runs(export, backfill);

    assertThat(runs.stream().map(run -> run.path("status").asText()).toList())
        .containsExactly("Completed", "Completed", "Completed");
    assertThat(runs.get(0).path("records_completed").asLong()).isEqualTo(2_000);
    for (JsonNode empty : runs.subList(1, 3)) {
      assertThat(empty.path("records_completed").asLong(-1)).isZero();
      assertThat(empty.path("bytes_exported").asLong(-1)).isZero();
      assertThat(empty.path("records_total_count").asLong(-1)).isZero();
    }
    String third = "2023-01-01T02:00:00+00:00-2023-01-01T03:00:00+00:00";
    Map<String, Long> objects = project.objects("landing", "empty/");
    assertThat(objects.keySet())
        .containsExactly(
            "empty/events/03/" + third + "-0.jsonl", "empty/events/03/" + third + "_manifest.json");
    assertThat(objects.get("empty/events/03/" + third + "-0.jsonl"))
        .isEqualTo(runs.get(0).path("bytes_exported").asLong());
  }
}
