package io.penstock.control.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.control.job.FlinkGateway;
import io.penstock.spec.JobSpec;
import io.penstock.spec.SpecJson;
import io.penstock.spec.export.ExportSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Flink session cluster, over its REST API. */
public final class RestFlinkGateway implements FlinkGateway {
  private static final Logger LOG = LoggerFactory.getLogger(RestFlinkGateway.class);
  private static final String MAIN_CLASS = "io.penstock.job.PenstockJob";
  private static final int NOT_FOUND = 404;

  private final FlinkSettings settings;
  private final FlinkRest rest;
  private String jarName;

  public RestFlinkGateway(FlinkSettings settings) {
    this.settings = settings;
    this.rest = new FlinkRest(settings.url(), settings.timeout());
  }

  @Override
  public SubmitOutcome submit(
      String flinkJobId, JobSpec spec, int parallelism, Optional<String> startFrom) {
    return submit(flinkJobId, "--spec", spec, parallelism, startFrom);
  }

  @Override
  public SubmitOutcome submitExport(String flinkJobId, ExportSpec spec, int parallelism) {
    return submit(flinkJobId, "--export", spec, parallelism, Optional.empty());
  }

  private SubmitOutcome submit(
      String flinkJobId,
      String argument,
      Object spec,
      int parallelism,
      Optional<String> startFrom) {
    try {
      ObjectNode body = JsonNodeFactory.instance.objectNode();
      body.put("entryClass", MAIN_CLASS);
      body.put("jobId", flinkJobId);
      body.put("parallelism", parallelism);
      body.putArray("programArgsList")
          .add(argument)
          .add(new String(SpecJson.write(spec), StandardCharsets.UTF_8));
      startFrom.ifPresent(
          path -> {
            body.put("savepointPath", path);
            body.put("claimMode", "NO_CLAIM");
            body.put("allowNonRestoredState", false);
          });
      body.putObject("flinkConfiguration")
          .put("execution.checkpointing.interval", settings.checkpointInterval().toMillis() + " ms")
          .put("execution.checkpointing.dir", settings.checkpoints())
          .put(
              "execution.checkpointing.externalized-checkpoint-retention",
              "RETAIN_ON_CANCELLATION");
      FlinkRest.Answer answer = rest.post("/jars/" + jar() + "/run", body);
      if (answer.ok()) {
        return new SubmitOutcome.Accepted();
      }
      return new SubmitOutcome.Unknown(
          "Flink answered " + answer.status() + ": " + Failures.firstLine(answer.body()));
    } catch (IOException e) {
      return new SubmitOutcome.Unknown("Flink gave no answer: " + e.getMessage());
    }
  }

  /** The id of the uploaded job JAR, which is recognised by the hash in its name. */
  private synchronized String jar() throws IOException {
    if (jarName == null) {
      jarName = "penstock-job-" + sha256() + ".jar";
    }
    for (JsonNode file : rest.get("/jars").body().path("files")) {
      if (jarName.equals(file.path("name").asText())) {
        return file.path("id").asText();
      }
    }
    FlinkRest.Answer answer = rest.upload("/jars/upload", settings.jobJar(), jarName);
    if (!answer.ok()) {
      throw new IOException("Flink does not take the job JAR: " + answer.status());
    }
    String path = answer.body().path("filename").asText();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private String sha256() throws IOException {
    try (InputStream in = Files.newInputStream(settings.jobJar());
        DigestInputStream digested =
            new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
      digested.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digested.getMessageDigest().digest()).substring(0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public Observation find(String flinkJobId) {
    try {
      FlinkRest.Answer job = rest.get("/jobs/" + flinkJobId);
      if (job.status() == NOT_FOUND) {
        return new Observation.NotFound();
      }
      if (!job.ok()) {
        return new Observation.Unreachable("Flink answered " + job.status());
      }
      String state = job.body().path("state").asText();
      Optional<String> failure =
          state.equals("FAILED") || state.equals("FAILING")
              ? Failures.rootCause(rest.get("/jobs/" + flinkJobId + "/exceptions").body())
              : Optional.empty();
      return new Observation.Found(
          state, accumulators(flinkJobId), checkpoint(flinkJobId), failure);
    } catch (IOException e) {
      return new Observation.Unreachable(String.valueOf(e.getMessage()));
    }
  }

  private Map<String, Long> accumulators(String flinkJobId) throws IOException {
    Map<String, Long> values = new HashMap<>();
    JsonNode list =
        rest.get("/jobs/" + flinkJobId + "/accumulators").body().path("user-task-accumulators");
    for (JsonNode one : list) {
      String value = one.path("value").asText();
      if (value.matches("-?\\d+")) {
        values.put(one.path("name").asText(), Long.parseLong(value));
      }
    }
    return values;
  }

  private Optional<String> checkpoint(String flinkJobId) throws IOException {
    JsonNode path =
        rest.get("/jobs/" + flinkJobId + "/checkpoints")
            .body()
            .path("latest")
            .path("completed")
            .path("external_path");
    return path.isTextual() && !path.asText().startsWith("<")
        ? Optional.of(path.asText())
        : Optional.empty();
  }

  @Override
  public StopOutcome stop(String flinkJobId, UUID triggerId) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("targetDirectory", settings.savepoints());
    body.put("triggerId", triggerId.toString().replace("-", ""));
    body.put("drain", false);
    try {
      return rest.post("/jobs/" + flinkJobId + "/stop", body).ok()
          ? StopOutcome.ACCEPTED
          : StopOutcome.UNKNOWN;
    } catch (IOException e) {
      LOG.debug("no answer to a stop of {}", flinkJobId, e);
      return StopOutcome.UNKNOWN;
    }
  }

  @Override
  public SavepointOutcome savepoint(String flinkJobId, UUID triggerId) {
    String trigger = triggerId.toString().replace("-", "");
    try {
      FlinkRest.Answer answer = rest.get("/jobs/" + flinkJobId + "/savepoints/" + trigger);
      JsonNode operation = answer.body().path("operation");
      if (operation.has("location")) {
        return new SavepointOutcome.Completed(operation.path("location").asText());
      }
      if (operation.has("failure-cause")) {
        return new SavepointOutcome.Failed(Failures.sentence(operation.path("failure-cause")));
      }
      return answer.status() == NOT_FOUND
          ? new SavepointOutcome.Failed("Flink knows nothing of the savepoint")
          : new SavepointOutcome.Pending();
    } catch (IOException e) {
      LOG.debug("no answer to a savepoint of {}", flinkJobId, e);
      return new SavepointOutcome.Pending();
    }
  }

  @Override
  public void cancel(String flinkJobId) {
    try {
      rest.patch("/jobs/" + flinkJobId + "?mode=cancel");
    } catch (IOException e) {
      LOG.debug("no answer to a cancel of {}", flinkJobId, e);
    }
  }

  @Override
  public Optional<Integer> freeSlots() {
    try {
      FlinkRest.Answer answer = rest.get("/overview");
      return answer.ok() && answer.body().has("slots-available")
          ? Optional.of(answer.body().path("slots-available").asInt())
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
