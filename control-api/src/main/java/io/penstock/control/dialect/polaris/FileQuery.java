package io.penstock.control.dialect.polaris;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.control.catalog.UploadedFile;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Which files a list shows, and in which order. Pure. */
final class FileQuery {
  private static final int MOST = 1_000;
  private static final Map<String, Comparator<UploadedFile>> COLUMNS =
      Map.of(
          "uploaded_on_dt", Comparator.comparing(UploadedFile::uploadedAt),
          "name", Comparator.comparing(UploadedFile::name),
          "size_bytes", Comparator.comparing(UploadedFile::sizeBytes),
          "data_format", Comparator.comparing(UploadedFile::dataFormat),
          "compression_format", Comparator.comparing(UploadedFile::compression),
          "digest_algo", Comparator.comparing(file -> "md5"),
          "digest_hash", Comparator.comparing(UploadedFile::md5),
          "uploaded_by_user_name", Comparator.comparing(file -> file.uploadedBy().name()));

  private final Map<String, List<String>> parameters;
  private final Problems problems = new Problems();

  private FileQuery(Map<String, List<String>> parameters) {
    this.parameters = parameters;
  }

  /**
   * @throws PolarisError if a parameter is wrong
   */
  static FileQuery read(Map<String, List<String>> parameters) {
    FileQuery query = new FileQuery(parameters);
    query.among("sortOrder", List.of("ASC", "DESC"));
    query.among("sortColumn", COLUMNS.keySet().stream().sorted().toList());
    query.limit();
    query.offset();
    query.problems.refuse("request");
    return query;
  }

  private Optional<String> value(String name) {
    return parameters.getOrDefault(name, List.of()).stream().findFirst();
  }

  private void among(String name, List<String> choices) {
    Optional<String> given = value(name).filter(one -> !choices.contains(one));
    given.ifPresent(
        one ->
            problems.bad(
                name,
                "%s must be one of %s but was \"%s\"."
                    .formatted(name, String.join(", ", choices), one)));
  }

  private int limit() {
    return number("paginationLimit", 1, MOST, MOST);
  }

  private int offset() {
    return number("paginationOffset", 0, Integer.MAX_VALUE, 0);
  }

  private int number(String name, int min, int max, int fallback) {
    String text = value(name).orElse(Integer.toString(fallback));
    boolean fits = text.matches("\\d{1,10}") && Long.parseLong(text) <= max;
    if (!fits || Integer.parseInt(text) < min) {
      problems.bad(name, "%s must be from %d to %d but was %s.".formatted(name, min, max, text));
      return fallback;
    }
    return Integer.parseInt(text);
  }

  List<UploadedFile> found(List<UploadedFile> all) {
    String wanted = value("searchString").orElse("").toLowerCase(Locale.ROOT);
    Comparator<UploadedFile> order =
        COLUMNS.get(value("sortColumn").orElse("uploaded_on_dt")).thenComparing(UploadedFile::id);
    return all.stream()
        .filter(file -> file.name().toLowerCase(Locale.ROOT).contains(wanted))
        .sorted(value("sortOrder").orElse("DESC").equals("ASC") ? order : order.reversed())
        .toList();
  }

  List<UploadedFile> page(List<UploadedFile> found) {
    return found.stream().skip(offset()).limit(limit()).toList();
  }

  /**
   * Empty if there is but one page.
   *
   * @param path of the list
   */
  Optional<ObjectNode> links(int count, String path) {
    ObjectNode links = JsonNodeFactory.instance.objectNode();
    if ((long) offset() + limit() < count) {
      links.put("@nextLink", link(path, offset() + limit()));
    }
    if (offset() > 0) {
      links.put("@prevLink", link(path, Math.max(0, offset() - limit())));
    }
    return links.isEmpty() ? Optional.empty() : Optional.of(links);
  }

  private String link(String path, int offset) {
    StringBuilder link = new StringBuilder(path);
    link.append("?paginationLimit=").append(limit()).append("&paginationOffset=").append(offset);
    for (String name : List.of("searchString", "sortColumn", "sortOrder")) {
      value(name)
          .ifPresent(
              text -> link.append('&').append(name).append('=').append(Encoded.segment(text)));
    }
    return link.toString();
  }
}
