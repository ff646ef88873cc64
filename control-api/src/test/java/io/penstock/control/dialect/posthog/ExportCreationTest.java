package io.penstock.control.dialect.posthog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Creating exports: one request, one answer. Numbers are those of the contract's cases. */
@ExtendWith(Cases.class)
final class ExportCreationTest {
  private static PosthogApi api;

  @BeforeAll
  static void start() {
    api = new PosthogApi();
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  /**
   * @param expected pairs of a JSON pointer and what is there, as JSON
   */
  private record Case(String number, String body, int status, String... expected) {}

  private static Case good(String number, String body, String... expected) {
    return new Case(number, body, 201, expected);
  }

  private static Case bad(String number, String body, String attr, String code, String detail) {
    return new Case(
        number, body, 400, "/attr", quoted(attr), "/code", quoted(code), "/detail", quoted(detail));
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\"", "\\\"") + "\"";
  }

  private static final String NO_FIELD = "destination__non_field_errors";
  private static final String INVALID = "invalid_input";

  private List<Case> schedules() {
    return List.of(
        good(
            "1",
            api.s(
                "{'destination':{'config':{'use_virtual_style_addressing':true,'legacy_parquet_extension':false}},'last_modified_by':999}"),
            "/destination",
            "{\"type\":\"S3Compatible\",\"integration\":"
                + api.i1
                + ",\"config\":{\"bucket_name\":\"b\",\"region\":\"us-east-1\",\"prefix\":\"p/\",\"use_virtual_style_addressing\":true,\"legacy_parquet_extension\":false}}",
            "/name",
            "\"n\"",
            "/interval",
            "\"hour\""),
        good(
            "2",
            api.a("{'interval':'every 5 minutes','timezone':null}"),
            "/timezone",
            "\"UTC\"",
            "/offset_day",
            "null",
            "/offset_hour",
            "null"),
        good("3", api.a("{'timezone':'UTC'}"), "/offset_day", "null", "/offset_hour", "null"),
        bad(
            "4",
            api.a("{'timezone':'invalid'}"),
            "timezone",
            "invalid_choice",
            "\"invalid\" is not a valid choice."),
        good("5", api.a("{'timezone':'US/Pacific'}"), "/timezone", "\"US/Pacific\""),
        bad(
            "6",
            api.a("{'timezone':'US/Pacific','offset_hour':2}"),
            "offset_hour",
            INVALID,
            "offset_hour is not applicable for non-daily/weekly intervals"),
        good(
            "7",
            api.a("{'interval':'day','timezone':'US/Pacific'}"),
            "/offset_hour",
            "0",
            "/offset_day",
            "null"),
        good(
            "8",
            api.a("{'interval':'day','timezone':'Asia/Kathmandu','offset_hour':2}"),
            "/offset_hour",
            "2"),
        bad(
            "9",
            api.a("{'interval':'day','timezone':'Asia/Kathmandu','offset_hour':24}"),
            "offset_hour",
            "max_value",
            "Ensure this value is less than or equal to 23."),
        good(
            "10",
            api.a("{'interval':'week','timezone':null}"),
            "/timezone",
            "\"UTC\"",
            "/offset_day",
            "0",
            "/offset_hour",
            "0"),
        good(
            "11",
            api.a("{'interval':'week','timezone':'Asia/Kathmandu'}"),
            "/offset_day",
            "0",
            "/offset_hour",
            "0"),
        good(
            "12",
            api.a("{'interval':'week','timezone':'Europe/Berlin','offset_day':1,'offset_hour':2}"),
            "/offset_day",
            "1",
            "/offset_hour",
            "2"),
        bad(
            "13",
            api.a("{'interval':'week','timezone':'Europe/Berlin','offset_day':7,'offset_hour':2}"),
            "offset_day",
            "max_value",
            "Ensure this value is less than or equal to 6."),
        good("121", api.s("{'timezone':'EST'}")),
        good("121", api.s("{'timezone':'ROC'}")),
        good("121", api.s("{'timezone':'US/Pacific'}")),
        good("121", api.s("{'timezone':'Europe/Kyiv'}")),
        bad("121", api.s("{'timezone':'+02:00'}"), "timezone", "invalid_choice", choice("+02:00")),
        bad("121", api.s("{'timezone':'utc'}"), "timezone", "invalid_choice", choice("utc")),
        bad("121", api.s("{'timezone':'Z'}"), "timezone", "invalid_choice", choice("Z")),
        bad(
            "121",
            api.s("{'timezone':'SystemV/AST4'}"),
            "timezone",
            "invalid_choice",
            choice("SystemV/AST4")));
  }

  private static String choice(String value) {
    return "\"" + value + "\" is not a valid choice.";
  }

  private static String config(String field, String value) {
    return "{'destination':{'config':{'" + field + "':" + value + "}}}";
  }

  private static String format(String format, String codec) {
    return "{'destination':{'config':{'file_format':'%s','compression':%s}}}"
        .formatted(format, codec);
  }

  private static Case unknown(String number, String body, String field) {
    return bad(
        number, body, NO_FIELD, INVALID, "Configuration has unknown field/s: '" + field + "'");
  }

  private List<Case> destinations() {
    List<Case> cases = new ArrayList<>();
    cases.add(
        bad(
            "31",
            api.a(config("bucket_name", "2")),
            NO_FIELD,
            INVALID,
            "Configuration has invalid type: got 'int', expected 'str'"));
    cases.add(
        bad(
            "32",
            api.a("{'destination':{'config':{'hello2':123,'hello':123}}}"),
            NO_FIELD,
            INVALID,
            "Configuration has unknown field/s: 'hello', 'hello2'"));
    cases.add(
        bad(
            "33",
            api.a(config("bucket_name", "'-'")),
            NO_FIELD,
            INVALID,
            "Configuration missing required field: 'bucket_name'"));
    cases.add(
        good(
            "34",
            api.a(config("encryption", "'AES256'")),
            "/destination/type",
            "\"AwsS3\"",
            "/destination/config/legacy_parquet_extension",
            "false"));
    cases.add(
        good(
            "34",
            api.s(config("use_virtual_style_addressing", "true")),
            "/destination/type",
            "\"S3Compatible\"",
            "/destination/config/legacy_parquet_extension",
            "false"));
    for (String body :
        List.of(
            api.a("{'destination':{'integration':'-'}}"),
            api.s("{'destination':{'integration':'-'}}"))) {
      String type = body.contains("AwsS3") ? "AwsS3" : "S3Compatible";
      cases.add(
          bad(
              "35",
              body,
              "destination",
              INVALID,
              "Integration is required for " + type + " batch exports"));
    }
    cases.add(
        good(
            "36",
            "{'name':'n','interval':'hour','destination':{'type':'S3','config':{'bucket_name':'b','region':'us-east-1','prefix':'p/','aws_access_key_id':'key','aws_secret_access_key':'secret','endpoint_url':'http://store:9000'}}}",
            "/destination/config",
            "{\"bucket_name\":\"b\",\"region\":\"us-east-1\",\"prefix\":\"p/\",\"endpoint_url\":\"http://store:9000\"}",
            "/destination/integration",
            "null",
            "/model",
            "\"events\""));
    String none = "'integration':'-'";
    cases.add(unknown("37", api.a(keyed(none, "aws_access_key_id")), "aws_access_key_id"));
    cases.add(unknown("38", api.s(keyed(none, "aws_access_key_id")), "aws_access_key_id"));
    cases.add(unknown("39", api.s(keyed(none, "aws_secret_access_key")), "aws_secret_access_key"));
    cases.add(unknown("40", api.s(keyed(none, "endpoint_url")), "endpoint_url"));
    cases.add(
        unknown(
            "41",
            api.a(keyed(none, "use_virtual_style_addressing")),
            "use_virtual_style_addressing"));
    cases.add(unknown("42", api.s(keyed(none, "kms_key_id")), "kms_key_id"));
    cases.add(good("43", api.a(format("JSONLines", "null"))));
    cases.add(good("44", api.a(format("JSONLines", "'gzip'"))));
    cases.add(good("45", api.a(format("Parquet", "null"))));
    cases.add(good("46", api.a(format("Parquet", "'gzip'"))));
    cases.add(good("47", api.a(format("Parquet", "'zstd'"))));
    cases.add(
        bad(
            "48",
            api.a(format("Parquet", "'unknown'")),
            "destination",
            INVALID,
            "Compression unknown is not supported for file format Parquet. Supported compressions are ['zstd', 'lz4', 'snappy', 'gzip', 'brotli']"));
    cases.add(
        bad(
            "48b",
            api.a(format("JSONLines", "'zstd'")),
            "destination",
            INVALID,
            "Compression zstd is not supported for file format JSONLines. Supported compressions are ['gzip', 'brotli']"));
    cases.add(
        bad(
            "49",
            api.a(format("unknown", "'gzip'")),
            "destination",
            INVALID,
            "File format unknown is not supported. Supported file formats are ['Parquet', 'JSONLines']"));
    cases.add(
        good(
            "50",
            api.a("{}"),
            "/destination/config",
            "{\"bucket_name\":\"b\",\"region\":\"us-east-1\",\"prefix\":\"p/\",\"legacy_parquet_extension\":false}",
            "/destination/integration",
            Integer.toString(api.i2)));
    cases.add(
        good(
            "50",
            api.s("{'destination':{'integration':'-','integration_id':" + api.i1 + "}}"),
            "/destination/integration",
            Integer.toString(api.i1)));
    return cases;
  }

  private static String keyed(String more, String field) {
    return "{'destination':{" + more + ",'config':{'" + field + "':'x'}}}";
  }

  private List<Case> rulesOfOurs() {
    return List.of(
        bad(
            "row 2",
            api.s("{'destination':{'type':'BigQuery'}}"),
            "destination__type",
            INVALID,
            "Destination type 'BigQuery' is not supported by this server"),
        bad(
            "row 2",
            api.s("{'destination':{'type':'Nope'}}"),
            "destination__type",
            "invalid_choice",
            choice("Nope")),
        bad(
            "row 2",
            api.s("{'destination':{'config':[]}}"),
            "destination__config",
            INVALID,
            "Invalid data. Expected a dictionary, but got list."),
        bad(
            "row 3",
            api.s("{'destination':{'integration':" + api.i9 + "}}"),
            "destination__integration",
            "does_not_exist",
            "Invalid pk \"" + api.i9 + "\" - object does not exist."),
        bad(
            "row 3",
            api.s("{'destination':{'integration':'-','integration_id':'x'}}"),
            "destination__integration_id",
            "incorrect_type",
            "Incorrect type. Expected pk value, received str."),
        bad(
            "row 9",
            api.s("{'destination':{'config':{'bucket_name':' ','region':''}}}"),
            "destination",
            INVALID,
            "The following inputs are empty: ['bucket_name', 'region']"),
        bad(
            "row 10",
            api.a("{'destination':{'integration':" + api.i1 + "}}"),
            "destination",
            INVALID,
            "Integration provided is not an AWS S3 integration (got kind='s3-compatible')"),
        bad(
            "row 13",
            "{'name':'n','interval':'hour','destination':{'type':'S3','config':{'bucket_name':'b','region':'r','prefix':'p','endpoint_url':'http://127.0.0.1:1'}}}",
            "destination",
            INVALID,
            "Invalid endpoint URL: the host is not allowed"),
        good(
            "converted",
            api.s(
                "{'destination':{'config':{'max_file_size_mb':'64','use_virtual_style_addressing':'Yes'}}}"),
            "/destination/config/max_file_size_mb",
            "64",
            "/destination/config/use_virtual_style_addressing",
            "true"),
        bad("model", api.s("{'model':'nope'}"), "model", "invalid_choice", choice("nope")),
        bad("name", api.s("{'name':''}"), "name", "blank", "This field may not be blank."),
        bad(
            "name",
            api.s("{'name':'-','interval':'nope'}"),
            "name",
            "required",
            "This field is required."),
        bad(
            "interval",
            api.s("{'interval':'minute'}"),
            "interval",
            "invalid_choice",
            choice("minute")),
        bad("paused", api.s("{'paused':'maybe'}"), "paused", INVALID, "Must be a valid boolean."),
        bad(
            "start",
            api.s("{'start_at':'tomorrow'}"),
            "start_at",
            INVALID,
            "Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z]."),
        good(
            "start",
            api.s("{'start_at':'2026-01-01 05:00:00.5+02:00'}"),
            "/start_at",
            "\"2026-01-01T03:00:00.500000Z\""),
        bad(
            "primary key",
            api.s("{'primary_key':['a']}"),
            "primary_key",
            INVALID,
            "primary_key is not supported by this server"),
        good("paused", api.s("{'paused':true}"), "/paused", "true"));
  }

  @TestFactory
  Stream<DynamicTest> cases() {
    return Stream.of(schedules(), destinations(), rulesOfOurs())
        .flatMap(List::stream)
        .map(one -> DynamicTest.dynamicTest("case " + one.number(), () -> check(one)));
  }

  private static void check(Case one) {
    Cases.run("case " + one.number());
    int before = count();

    PosthogApi.Reply reply = api.send("POST", PosthogApi.BE, one.body());

    assertThat(reply.status()).as(reply.text()).isEqualTo(one.status());
    for (int i = 0; i < one.expected().length; i += 2) {
      JsonNode found = reply.body().at(one.expected()[i]);
      assertThat(found.toString()).as(one.expected()[i]).isEqualTo(one.expected()[i + 1]);
    }
    assertThat(count()).isEqualTo(one.status() == 201 ? before + 1 : before);
  }

  private static int count() {
    return api.get(PosthogApi.BE).path("count").asInt();
  }
}
