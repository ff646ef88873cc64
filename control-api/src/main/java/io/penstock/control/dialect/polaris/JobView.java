package io.penstock.control.dialect.polaris;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.penstock.control.http.Requests;
import io.penstock.control.job.Job;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A job as the product shows it, in whatever dialect it was made. Pure. */
final class JobView {
  /** Of text that a summary shows of inline data. */
  private static final int MAX_DATA = 1_024;

  private final Map<UUID, String> connectionNames;
  private final Instant now;

  /**
   * @param connectionNames by id
   */
  JobView(Map<UUID, String> connectionNames, Instant now) {
    this.connectionNames = connectionNames;
    this.now = now;
  }

  Health health(Job job) {
    return Health.of(job, now);
  }

  /** The create request: as sent, or the one that would have made the job. */
  private ObjectNode spec(Job job) {
    return job.dialect().equals(PolarisDialect.NAME)
        ? (ObjectNode) Requests.parse(job.submitted())
        : ForeignJob.spec(job.definition(), connectionName(job));
  }

  /** As it is called now; absent once it is gone. */
  Optional<String> connectionName(Job job) {
    return job.definition().source().connection().map(connectionNames::get);
  }

  String sourceType(Job job) {
    return job.dialect().equals(PolarisDialect.NAME)
        ? Requests.parse(job.submitted()).path("source").path("type").asText()
        : "s3";
  }

  Optional<String> sourceName(Job job) {
    return connectionName(job);
  }

  ObjectNode summary(Job job) {
    ObjectNode json = common(job);
    json.set("source", reduced(job));
    return json;
  }

  private ObjectNode reduced(Job job) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    String type = sourceType(job);
    json.put("type", type);
    if (type.equals("inline")) {
      String data = spec(job).path("source").path("data").asText();
      json.put("data", data.substring(0, Math.min(data.length(), MAX_DATA)));
    }
    connectionName(job).ifPresent(name -> json.put("connectionName", name));
    return json;
  }

  ObjectNode full(Job job) {
    ObjectNode json = common(job);
    json.set("health", health(job).full());
    ObjectNode spec = spec(job);
    json.set("source", spec.path("source").deepCopy());
    json.set("mappings", spec.path("mappings").deepCopy());
    take(json, spec, "filterExpression", JsonNodeFactory.instance.missingNode());
    take(json, spec, "ingestionMode", TextNode.valueOf("append"));
    take(json, spec, "maxParseExceptions", IntNode.valueOf(Integer.MAX_VALUE));
    take(json, spec, "context", JsonNodeFactory.instance.objectNode());
    json.put("query", JobSql.of(spec));
    json.set("spec", spec);
    return json;
  }

  private static void take(ObjectNode json, ObjectNode spec, String field, JsonNode fallback) {
    JsonNode value = spec.hasNonNull(field) ? spec.get(field).deepCopy() : fallback;
    if (!value.isMissingNode()) {
      json.set(field, value);
    }
  }

  private ObjectNode common(Job job) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", job.id().toString());
    json.put("type", "batch");
    ObjectNode target = json.putObject("target");
    target.put("type", "table").put("tableName", job.definition().table().tableName());
    JsonNode intervals = spec(job).path("target").path("intervals");
    if (!intervals.isEmpty()) {
      target.set("intervals", intervals.deepCopy());
    }
    json.put("executionStatus", PolarisJobJson.status(job));
    json.put("desiredExecutionStatus", PolarisJobJson.desired(job));
    json.set("health", health(job).summary());
    json.set("createdBy", PolarisJobJson.principal(job.createdBy()));
    json.set("lastModifiedBy", PolarisJobJson.principal(job.modifiedBy()));
    json.put("createdTimestamp", PolarisJobJson.timestamp(job.createdAt()));
    json.put("lastUpdatedTimestamp", PolarisJobJson.timestamp(job.modifiedAt()));
    job.startedAt().ifPresent(at -> json.put("startedTimestamp", PolarisJobJson.timestamp(at)));
    job.finishedAt()
        .filter(at -> !job.pausing())
        .ifPresent(at -> json.put("completedTimestamp", PolarisJobJson.timestamp(at)));
    return json;
  }
}
