package io.penstock.control.dialect.hydrolix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.control.dialect.hydrolix.TestApi.Reply;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every row of the contract's tables of endpoints and mistakes, with and without a last slash. */
final class ContractTest {
  private static final Pattern MACRO = Pattern.compile("\\{([A-Za-z][A-Za-z0-9 ]*)}");

  @TempDir static Path folder;
  private static final Map<String, String> MACROS = new HashMap<>();
  private static List<ContractRow> rows;
  private static TestApi api;
  private static int names;

  @BeforeAll
  static void start() {
    api = TestApi.start(folder);
    rows = ContractRow.read(MACROS);
    MACROS.put("org", api.organization.toString());
    MACROS.put("long", "x".repeat(257));
    String path = api.table("shop", "orders");
    MACROS.put("P", path.split("/", -1)[2]);
    MACROS.put("table", path.split("/", -1)[4]);
    api.made(path.replaceAll("/[^/]*$", ""), "{\"name\": \"bare\"}");
    MACROS.put("F", made("{T}/transforms", defaultTransform("csv", "")));
    api.made(
        path + "/transforms",
        filled(
            defaultTransform("scripted", ",\"script\":\"row['at'] + 1\"")
                .replace("\"is_default\":true,", "")));
    MACROS.put("C", made("O/credentials", credential("box")));
    MACROS.put(
        "keys",
        made(
            "O/credentials",
            """
            {"name":"keys","type":"aws_access_keys","details":{"access_key_id":"a","secret_access_key":"s"}}"""));
    MACROS.put("account", made("service_accounts", "{\"name\":\"loader\"}"));
    MACROS.put("J", named("october"));
    MACROS.put("done", fresh("done job"));
    MACROS.put("failed", fresh("failed job"));
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  private static String defaultTransform(String name, String more) {
    return """
        {"name":"%s","type":"csv","settings":{"is_default":true,"output_columns":[
         {"name":"at","datatype":{"type":"epoch","primary":true,"format":"s"%s}}]}}"""
        .formatted(name, more);
  }

  private static String named(String job) {
    MACROS.put("N", job);
    return made("O/jobs/batch", "{job}");
  }

  private static String credential(String name) {
    return "{\"name\":\""
        + name
        + "\",\"type\":\"linode_api_token\",\"details\":{\"token\":\"x\"}}";
  }

  private static String made(String path, String body) {
    Reply reply = api.sendWhole("POST", whole(filled(path)), filled(body), Map.of());
    assertThat(reply.status()).as("%s %s: %s", path, body, reply.json()).isEqualTo(201);
    return reply.json().path("uuid").asText();
  }

  /** Below the organization, or below what all paths have in common. */
  private static String whole(String path) {
    return path.startsWith("O/") ? api.org() + path.substring(1) : "/config/v1/" + path;
  }

  private static String filled(String text) {
    Matcher macro = MACRO.matcher(text);
    StringBuilder filled = new StringBuilder();
    while (macro.find()) {
      macro.appendReplacement(
          filled, Matcher.quoteReplacement(value(macro.group(1), macro.group())));
    }
    return macro.appendTail(filled).toString();
  }

  private static String value(String name, String unknown) {
    if (name.startsWith("new ")) {
      return fresh(name.substring("new ".length()));
    }
    String value = MACROS.get(name);
    return value == null ? unknown : filled(value);
  }

  private static String fresh(String what) {
    String name = "fresh" + names++;
    MACROS.put("N", name);
    return switch (what) {
      case "project" -> made("O/projects", "{\"name\":\"" + name + "\"}");
      case "table" -> made("O/projects/{P}/tables", "{\"name\":\"" + name + "\"}");
      case "transform" -> made("{T}/transforms", "{transform}");
      case "credential" -> made("O/credentials", credential(name));
      case "account" -> made("service_accounts", "{\"name\":\"" + name + "\"}");
      case "job" -> made("O/jobs/batch", "{job}");
      case "canceled job" -> api.canceled(made("O/jobs/batch", "{job}"));
      case "failed job" -> api.failed(made("O/jobs/batch", "{job}"));
      case "done job" -> api.done(made("O/jobs/batch", "{job}"));
      default -> throw new IllegalArgumentException(what);
    };
  }

  @TestFactory
  List<DynamicTest> everyRowIsAnsweredAsTheContractSays() {
    System.out.println(
        "the Hydrolix contract: " + rows.size() + " rows, each with and without a last slash");
    return rows.stream().map(row -> DynamicTest.dynamicTest(row.name(), () -> ask(row))).toList();
  }

  private static void ask(ContractRow row) {
    for (String slash : List.of("", "/")) {
      String name = "name" + names++;
      String path = whole(filled(row.path())).replaceFirst("/?(?=\\?|$)", slash);
      MACROS.put("N", name);
      Reply reply = api.sendWhole(row.method(), path, filled(row.body()), row.headers());

      assertThat(reply.status()).as("%s %s", path, reply.json()).isEqualTo(row.status());
      assertThat(reply.uri().getPath())
          .as("never a redirect")
          .isEqualTo(path.replaceAll("\\?.*", ""));
      if (row.answer().isEmpty()) {
        assertThat(reply.json().isMissingNode()).isTrue();
      } else {
        assertThat(reply.headers().firstValue("Content-Type")).hasValue("application/json");
        JsonNode expected = TestApi.json(filled(row.answer()));
        boolean mistake = row.status() >= 400;
        Optional<String> difference = ContractRow.difference(expected, reply.json(), "", mistake);
        assertThat(difference).as(path).isEmpty();
      }
      row.answered().forEach((header, value) -> answered(reply, header, value));
    }
  }

  private static void answered(Reply reply, String header, String value) {
    String found = reply.headers().firstValue(header).orElse("");
    if (value.startsWith("~")) {
      assertThat(found).matches(value.substring(1));
    } else {
      assertThat(found).isEqualTo(value);
    }
  }
}
