package io.penstock.control.dialect.polaris;

import io.penstock.control.expression.NearestName;
import io.penstock.control.job.Job;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Which jobs a list shows, and in which order. Pure. */
final class JobQuery {
  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 1_000;
  private static final String TYPE = "type";

  /** How a job is sorted; empty values come last. */
  private static final Map<String, Function<Entry, Optional<String>>> COLUMNS =
      Map.of(
          "created_by_user_name",
          e -> Optional.of(e.job().createdBy().name()),
          "created_date_time",
          e -> Optional.of(PolarisJobJson.timestamp(e.job().createdAt())),
          "execution_status",
          e -> Optional.of(PolarisJobJson.status(e.job())),
          "last_updated_date_time",
          e -> Optional.of(PolarisJobJson.timestamp(e.job().modifiedAt())),
          "source_name",
          e -> e.view().sourceName(e.job()),
          "source_type",
          e -> Optional.of(e.view().sourceType(e.job())),
          "source_connection_name",
          e -> e.view().sourceName(e.job()),
          "source_table_name",
          e -> e.view().sourceName(e.job()),
          "target_table_name",
          e -> Optional.of(e.job().definition().table().tableName()),
          TYPE,
          e -> Optional.of("batch"));

  private static final List<String> STATUSES =
      List.of(
          "pending", "running", "idle", "suspended", "completed", "failed", "canceled", "unknown");
  private static final List<String> TYPES =
      List.of("batch", "sql", "streaming", "delete_data", "drop_table", "restore_data");

  private final Map<String, List<String>> parameters;
  private final Problems problems = new Problems();

  private JobQuery(Map<String, List<String>> parameters) {
    this.parameters = parameters;
  }

  private record Entry(Job job, JobView view) {}

  /**
   * @param more whether there are jobs behind the page
   */
  record Page(List<Job> jobs, boolean more) {}

  /**
   * @throws PolarisError if a parameter is wrong
   */
  static JobQuery read(Map<String, List<String>> parameters) {
    JobQuery query = new JobQuery(parameters);
    query.among("executionStatus", STATUSES);
    query.among("healthStatus", List.of("ok", "warn", "error"));
    query.among(TYPE, TYPES);
    query.among("sortOrder", List.of("ASC", "DESC"));
    query.among("sortColumn", COLUMNS.keySet().stream().sorted().toList());
    query.limit();
    query.offset();
    query.problems.refuse("request");
    return query;
  }

  private List<String> values(String name) {
    return parameters.getOrDefault(name, List.of());
  }

  private Optional<String> value(String name) {
    return values(name).stream().findFirst();
  }

  private void among(String name, List<String> choices) {
    for (String given : values(name)) {
      if (!choices.contains(given)) {
        problems.bad(
            name,
            "%s must be one of %s but was \"%s\".%s"
                .formatted(
                    name, String.join(", ", choices), given, NearestName.hint(given, choices)));
      }
    }
  }

  private int limit() {
    return number("paginationLimit", 1, MAX_LIMIT, DEFAULT_LIMIT);
  }

  private int offset() {
    return number("paginationOffset", 0, Integer.MAX_VALUE, 0);
  }

  private int number(String name, int min, int max, int fallback) {
    Optional<String> text = value(name);
    if (text.isEmpty()) {
      return fallback;
    }
    boolean fits = text.get().matches("\\d{1,10}") && Long.parseLong(text.get()) <= max;
    if (!fits || Integer.parseInt(text.get()) < min) {
      problems.bad(
          name, "%s must be from %d to %d but was %s.".formatted(name, min, max, text.get()));
      return fallback;
    }
    return Integer.parseInt(text.get());
  }

  Page page(List<Job> all, JobView view) {
    List<Job> found =
        all.stream()
            .map(job -> new Entry(job, view))
            .filter(this::matches)
            .sorted(order())
            .map(Entry::job)
            .toList();
    int from = Math.min(offset(), found.size());
    int to = Math.min(from + limit(), found.size());
    return new Page(found.subList(from, to), to < found.size());
  }

  private boolean matches(Entry entry) {
    Job job = entry.job();
    return oneOf("executionStatus", PolarisJobJson.status(job))
        && oneOf("healthStatus", entry.view().health(job).status())
        && oneOf(TYPE, "batch")
        && oneOf("connectionName", entry.view().connectionName(job).orElse(null))
        && oneOf("targetTableName", job.definition().table().tableName())
        && oneOf("targetTableId", job.definition().table().tableId().toString())
        && contains(entry);
  }

  private boolean oneOf(String name, String value) {
    return values(name).isEmpty() || (value != null && values(name).contains(value));
  }

  private boolean contains(Entry entry) {
    Job job = entry.job();
    String wanted = value("searchString").orElse("").toLowerCase(Locale.ROOT);
    return Stream.of(
            job.id().toString(),
            "batch",
            PolarisJobJson.status(job),
            PolarisJobJson.desired(job),
            entry.view().health(job).code(),
            job.definition().table().tableName(),
            entry.view().sourceType(job),
            entry.view().sourceName(job).orElse(""),
            job.createdBy().name())
        .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(wanted));
  }

  private Comparator<Entry> order() {
    Function<Entry, Optional<String>> column =
        COLUMNS.get(value("sortColumn").orElse("last_updated_date_time"));
    Comparator<String> direction =
        value("sortOrder").orElse("DESC").equals("ASC")
            ? Comparator.naturalOrder()
            : Comparator.reverseOrder();
    return Comparator.comparing((Entry e) -> column.apply(e).isEmpty())
        .thenComparing(e -> column.apply(e).orElse(""), direction)
        .thenComparing(e -> e.job().id().toString(), direction);
  }
}
