package io.penstock.control.dialect.hydrolix;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One row of the contract's tables, as {@code contract.txt} has it.
 *
 * @param headers of the request
 * @param answer empty if there is no body
 * @param answered headers of the answer
 */
record ContractRow(
    String name,
    String method,
    String path,
    String body,
    Map<String, String> headers,
    int status,
    String answer,
    Map<String, String> answered) {
  private static final String RESOURCE = "contract.txt";

  /** Names of macros in a path may hold spaces. */
  private static final Pattern REQUEST = Pattern.compile("([A-Z]+) ((?:[^ {]|\\{[^}]*})+) ?(.*)");

  /**
   * All rows.
   *
   * @param macros to which those of the file are added
   */
  static List<ContractRow> read(Map<String, String> macros) {
    List<ContractRow> rows = new ArrayList<>();
    for (String block : text().split("\n\\s*\n", -1)) {
      List<String> lines = block.lines().filter(line -> !line.startsWith("#")).toList();
      for (String line : lines) {
        if (line.startsWith("@")) {
          String[] macro = line.substring(1).split(" = ", 2);
          macros.put(macro[0], macro[1]);
        }
      }
      if (!lines.isEmpty() && lines.get(0).startsWith("== ")) {
        rows.add(row(lines));
      }
    }
    return rows;
  }

  private static ContractRow row(List<String> lines) {
    Matcher request = REQUEST.matcher(lines.get(1));
    if (!request.matches()) {
      throw new IllegalArgumentException(lines.get(1));
    }
    Map<String, String> headers = new LinkedHashMap<>();
    Map<String, String> answered = new LinkedHashMap<>();
    int next = 2;
    for (; !lines.get(next).matches("\\d{3}( .*)?"); next++) {
      header(lines.get(next), headers);
    }
    String[] answer = lines.get(next).split(" ", 2);
    for (next++; next < lines.size() && lines.get(next).startsWith("> "); next++) {
      header(lines.get(next).substring(2), answered);
    }
    return new ContractRow(
        lines.get(0).substring("== ".length()),
        request.group(1),
        request.group(2),
        request.group(3),
        headers,
        Integer.parseInt(answer[0]),
        answer.length == 1 ? "" : answer[1],
        answered);
  }

  private static void header(String line, Map<String, String> headers) {
    String[] parts = line.split(": ", 2);
    headers.put(parts[0], parts[1]);
  }

  private static String text() {
    try (InputStream in = ContractRow.class.getResourceAsStream(RESOURCE)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What is not as expected, with its place; empty if nothing is.
   *
   * @param whole whether there may be nothing more than what is expected
   */
  static Optional<String> difference(JsonNode expected, JsonNode found, String at, boolean whole) {
    if (expected.isTextual() && expected.textValue().matches("<\\w+>")) {
      return kind(expected.textValue(), found) ? Optional.empty() : said(at, expected, found);
    }
    if (expected.isTextual() && expected.textValue().startsWith("~")) {
      boolean matches =
          found.isTextual()
              && found.textValue().matches("(?s)" + expected.textValue().substring(1));
      return matches ? Optional.empty() : said(at, expected, found);
    }
    if (!expected.isContainerNode()) {
      return expected.equals(found) || sameNumber(expected, found)
          ? Optional.empty()
          : said(at, expected, found);
    }
    boolean sameSize = expected.size() == found.size() || (expected.isObject() && !whole);
    if (!sameSize || expected.getNodeType() != found.getNodeType()) {
      return said(at, expected, found);
    }
    for (int i = 0; expected.isArray() && i < expected.size(); i++) {
      Optional<String> inside = difference(expected.get(i), found.get(i), at + "/" + i, whole);
      if (inside.isPresent()) {
        return inside;
      }
    }
    for (Map.Entry<String, JsonNode> entry : expected.properties()) {
      String name = entry.getKey();
      Optional<String> inside =
          difference(entry.getValue(), found.path(name), at + "/" + name, whole);
      if (inside.isPresent()) {
        return inside;
      }
    }
    return Optional.empty();
  }

  private static boolean sameNumber(JsonNode one, JsonNode other) {
    return one.isIntegralNumber()
        && other.isIntegralNumber()
        && one.longValue() == other.longValue();
  }

  private static boolean kind(String kind, JsonNode found) {
    return switch (kind) {
      case "<array>" -> found.isArray();
      case "<object>" -> found.isObject();
      case "<integer>" -> found.isIntegralNumber();
      case "<boolean>" -> found.isBoolean();
      case "<string>" -> found.isTextual();
      case "<time>" ->
          found.asText().matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
      case "<uuid>" -> found.asText().matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
      default -> throw new IllegalArgumentException(kind);
    };
  }

  private static Optional<String> said(String at, JsonNode expected, JsonNode found) {
    return Optional.of(at + ": expected " + expected + " but found " + found);
  }
}
