package io.penstock.control.dialect.polaris;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.control.job.Job;
import io.penstock.control.job.JobDefinition;
import io.penstock.control.job.JobState;
import io.penstock.control.job.Principal;
import io.penstock.control.job.Progress;
import io.penstock.spec.ColumnSource;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ObjectSelection;
import io.penstock.spec.RecordFormat;
import io.penstock.spec.TaskCounts;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A job as the product shows it, in whatever dialect it was made. Pure. */
final class PolarisJobJson {
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final int UNLIMITED = Integer.MAX_VALUE;

  private PolarisJobJson() {}

  static String status(Job job) {
    return switch (job.state()) {
      case QUEUED, SUBMITTING -> "pending";
      case RUNNING, CANCELLING -> "running";
      case RECONCILING -> "unknown";
      case FINISHED -> "completed";
      case FAILED -> "failed";
      case CANCELED -> "canceled";
    };
  }

  static String desired(Job job) {
    return job.cancelRequested() ? "canceled" : "running";
  }

  static ObjectNode summary(Job job) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", job.id().toString());
    json.put("type", "batch");
    json.putObject("target")
        .put("type", "table")
        .put("tableName", job.definition().table().tableName());
    json.put("executionStatus", status(job));
    json.put("desiredExecutionStatus", desired(job));
    json.set("health", health(job));
    json.set("createdBy", principal(job.createdBy()));
    json.set("lastModifiedBy", principal(job.modifiedBy()));
    json.put("createdTimestamp", timestamp(job.createdAt()));
    json.put("lastUpdatedTimestamp", timestamp(job.modifiedAt()));
    job.startedAt().ifPresent(at -> json.put("startedTimestamp", timestamp(at)));
    job.finishedAt().ifPresent(at -> json.put("completedTimestamp", timestamp(at)));
    json.set("source", reducedSource(job.definition().source()));
    return json;
  }

  static ObjectNode full(Job job) {
    ObjectNode json = summary(job);
    ObjectNode source = source(job.definition());
    ArrayNode mappings = mappings(job.definition());
    json.set("source", source);
    json.set("mappings", mappings);
    json.put("ingestionMode", "append");
    json.put("maxParseExceptions", UNLIMITED);
    ObjectNode spec = json.putObject("spec");
    spec.put("type", "batch");
    spec.putObject("target")
        .put("type", "table")
        .put("tableName", job.definition().table().tableName());
    spec.set("source", source.deepCopy());
    spec.set("mappings", mappings.deepCopy());
    spec.put("ingestionMode", "append");
    return json;
  }

  static ObjectNode metrics(Job job) {
    Progress progress = job.progress();
    TaskCounts counts = progress.counts();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putObject("totals")
        .put("numRowsProcessed", counts.rowsWritten())
        .put("numRowsProcessedWithWarning", 0)
        .put("numRowsSkippedByFilter", counts.rowsFiltered())
        .put("numRowsSkippedByError", counts.rowsRejected())
        .put("numRowsPersisted", progress.published())
        .put("numBytesProcessed", counts.decodedBytes());
    json.putObject("input")
        .put("objectsTotal", progress.objectsSelected())
        .put("objectsDone", counts.objects())
        .put("bytesTotal", progress.bytesSelected())
        .put("bytesDone", counts.storedBytes());
    return json;
  }

  static ObjectNode progress(Job job) {
    double fraction = job.state() == JobState.FINISHED ? 1 : 0.98 * job.progress().fraction();
    return JsonNodeFactory.instance.objectNode().put("overallProgress", fraction);
  }

  private static ObjectNode health(Job job) {
    ObjectNode health = JsonNodeFactory.instance.objectNode();
    TaskCounts counts = job.progress().counts();
    if (job.state() == JobState.CANCELED) {
      return health
          .put("status", "error")
          .put("code", "canceled")
          .put("message", "Canceled by " + job.modifiedBy().name() + ".");
    }
    if (job.state() == JobState.FAILED) {
      return health
          .put("status", "error")
          .put("code", failureCode(String.join(" ", job.errors())))
          .put("message", job.errors().isEmpty() ? "No reason is known." : job.errors().get(0));
    }
    if (counts.rowsRejected() > 0) {
      return health.put("status", "warn").put("code", "invalid_rows_found");
    }
    if (job.state() == JobState.FINISHED && counts.rowsWritten() == 0) {
      return health.put("status", "warn").put("code", "no_rows_found");
    }
    return health.put("status", "ok");
  }

  private static String failureCode(String errors) {
    if (errors.contains("stream") || errors.contains("compress")) {
      return "cannot_parse_source";
    }
    return errors.contains("s3://") || errors.contains("gs://")
        ? "could_not_connect_to_source"
        : "internal_error";
  }

  private static ObjectNode reducedSource(JobDefinition.Source source) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("type", "s3");
    source.connection().ifPresent(id -> json.put("connectionName", id.toString()));
    return json;
  }

  private static ObjectNode source(JobDefinition definition) {
    JobDefinition.Source source = definition.source();
    ObjectNode json = reducedSource(source);
    if (!json.has("connectionName")) {
      json.put("connectionName", source.bucket());
    }
    ObjectSelection selection = source.selection();
    if (selection instanceof ObjectSelection.Prefix prefix) {
      json.putArray("prefixes").add(prefix.prefix());
    } else if (selection instanceof ObjectSelection.ObjectOrFolder named) {
      json.putArray("uris").add(source.urlScheme() + "://" + source.bucket() + "/" + named.key());
    } else if (selection instanceof ObjectSelection.Objects objects) {
      ArrayNode keys = json.putArray("objects");
      objects.keys().forEach(keys::add);
    }
    boolean csv = definition.transform().format() instanceof RecordFormat.Csv;
    json.putObject("formatSettings").put("format", csv ? "csv" : "nd-json");
    ArrayNode schema = json.putArray("inputSchema");
    for (ColumnSpec column : definition.transform().columns()) {
      schema.addObject().put("name", field(column)).put("dataType", dataType(column));
    }
    return json;
  }

  private static ArrayNode mappings(JobDefinition definition) {
    ArrayNode mappings = JsonNodeFactory.instance.arrayNode();
    String time = definition.transform().timeColumn();
    for (ColumnSpec column : definition.transform().columns()) {
      boolean isTime = column.name().equals(time);
      String quoted = "\"" + field(column).replace("\"", "\"\"") + "\"";
      mappings
          .addObject()
          .put("columnName", isTime ? "__time" : column.name())
          .put("expression", quoted);
    }
    return mappings;
  }

  private static String field(ColumnSpec column) {
    return column.source() instanceof ColumnSource.Field field ? field.name() : column.name();
  }

  private static String dataType(ColumnSpec column) {
    return switch (column.type()) {
      case STRING -> "string";
      case BOOLEAN, INT32, INT64 -> "long";
      case DOUBLE -> "double";
      case TIMESTAMP -> "timestamp";
      case JSON -> "json";
    };
  }

  private static ObjectNode principal(Principal principal) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("username", principal.name())
        .put("userId", principal.id().toString());
  }

  private static String timestamp(Instant instant) {
    return TIMESTAMP.format(instant);
  }
}
