package io.penstock.control.dialect.polaris;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.penstock.control.catalog.Activity;
import io.penstock.control.catalog.CatalogException;
import io.penstock.control.catalog.CatalogObject;
import io.penstock.control.catalog.CatalogObject.Kind;
import io.penstock.control.http.Requests;
import io.penstock.control.job.Job;
import io.penstock.control.job.JobException;
import io.penstock.control.job.JobRequest;
import io.penstock.control.job.Principal;
import io.penstock.control.job.Submissions.Submission;
import io.penstock.control.job.TableRef;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/**
 * Makes jobs of bodies, and of the same body under the same key only one. The key is claimed for an
 * id before the job is made: after a crash in between, the same request makes that very job.
 */
final class JobCreation {
  static final String HEADER = "Idempotency-Key";
  private static final int MAX_KEY = 200;

  private final PolarisDialect.Ports ports;

  JobCreation(PolarisDialect.Ports ports) {
    this.ports = ports;
  }

  Job create(Context context, CatalogObject project) {
    ObjectNode body = Guard.body(context);
    require(context, project, body);
    Principal by = Requests.caller(context).principal();
    String key = context.header(HEADER);
    if (key == null) {
      return made(body, project, by, UUID.randomUUID());
    }
    if (key.isBlank() || key.length() > MAX_KEY) {
      throw PolarisError.badArgument(
          HEADER, HEADER + " must have from 1 to " + MAX_KEY + " characters.");
    }
    // Keys of other products and projects are other keys.
    return under("polaris " + project.id() + " " + key, body, project, by);
  }

  /** What the job needs beside the right to make jobs. */
  private static void require(Context context, CatalogObject project, ObjectNode body) {
    if (body.path("createTableIfNotExists").asBoolean(false)) {
      Guard.require(context, project, PolarisPermission.MANAGE_TABLES);
    }
    if (body.path("source").hasNonNull("connectionName")) {
      Guard.require(context, project, PolarisPermission.MANAGE_CONNECTIONS);
    }
    if (body.path("source").path("type").asText().equals("uploaded")) {
      Guard.require(context, project, PolarisPermission.MANAGE_FILES);
    }
  }

  private Job under(String key, ObjectNode body, CatalogObject project, Principal by) {
    UUID organization = project.organization();
    String hash = sha256(body.toString());
    Optional<Submission> earlier = ports.submissions().find(organization, key);
    earlier.ifPresent(one -> sameBody(one, hash));
    Optional<Job> original = earlier.flatMap(one -> ports.jobs().find(organization, one.job()));
    if (original.isPresent()) {
      return original.get();
    }
    UUID id = earlier.map(Submission::job).orElseGet(UUID::randomUUID);
    // What is wrong is found before the key is used up.
    BatchTranslator.Translated unused = translated(body, project, id);
    Submission claimed = ports.submissions().claim(organization, key, new Submission(id, hash));
    sameBody(claimed, hash);
    try {
      return made(body, project, by, claimed.job());
    } catch (JobException.IdTaken | JobException.NameTaken e) {
      // The same request was sent twice at once, and the other one was faster.
      return ports.jobs().find(organization, claimed.job()).orElseThrow(() -> e);
    }
  }

  private BatchTranslator.Translated translated(ObjectNode body, CatalogObject project, UUID id) {
    return BatchTranslator.translate(
        body,
        project,
        UUID.randomUUID(),
        new CatalogReferences(ports, project, id),
        ports.clock().instant());
  }

  /** The table is there before its job is: a job without one fails at once. */
  private Job made(ObjectNode body, CatalogObject project, Principal by, UUID id) {
    storeInline(body, project, id);
    BatchTranslator.Translated job =
        ports
            .catalog()
            .changing(
                project.organization(),
                () -> {
                  BatchTranslator.Translated one = translated(body, project, id);
                  one.newTable()
                      .ifPresent(
                          settings -> insert(one.definition().table(), project, settings, by));
                  one.changedTable()
                      .ifPresent(
                          settings -> update(one.definition().table(), project, settings, by));
                  return one;
                });
    return ports
        .jobs()
        .create(
            new JobRequest(
                id,
                project.organization(),
                "polaris-" + id,
                Optional.empty(),
                PolarisDialect.NAME,
                body.toString(),
                job.definition(),
                by));
  }

  /** What is wrong with it is found before it is stored. */
  private void storeInline(ObjectNode body, CatalogObject project, UUID id) {
    String data = body.path("source").path("data").textValue();
    if (!body.path("source").path("type").asText().equals("inline") || data == null) {
      return;
    }
    BatchTranslator.Translated unused = translated(body, project, id);
    byte[] bytes = data.getBytes(StandardCharsets.UTF_8);
    try {
      ports
          .inputs()
          .put(
              new CatalogReferences(ports, project, id).inlineKey(),
              new ByteArrayInputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void insert(TableRef table, CatalogObject project, TableSettings settings, Principal by) {
    Instant now = ports.clock().instant().truncatedTo(ChronoUnit.MICROS);
    try {
      ports
          .catalog()
          .insert(
              new CatalogObject(
                  table.tableId(),
                  project.organization(),
                  Kind.TABLE,
                  project.id(),
                  table.tableName(),
                  Optional.empty(),
                  settings.by(by, by).document(),
                  Optional.empty(),
                  now,
                  now));
    } catch (CatalogException.NameTaken e) {
      throw PolarisError.exists("target.tableName", e.getMessage());
    }
    ports.activity().add(project.organization(), table.tableId(), by, Activity.Action.CREATE);
  }

  /** Of a table that is there. */
  private void update(TableRef table, CatalogObject project, TableSettings settings, Principal by) {
    CatalogObject before =
        ports
            .catalog()
            .find(project.organization(), Kind.TABLE, table.tableId())
            .orElseThrow(
                () -> PolarisError.notFound("target.tableName", "The table has been deleted."));
    ports
        .catalog()
        .update(
            new CatalogObject(
                before.id(),
                before.organization(),
                before.kind(),
                before.parent(),
                before.name(),
                before.description(),
                settings.next(by).document(before.document()),
                before.secret(),
                before.createdAt(),
                ports.clock().instant().truncatedTo(ChronoUnit.MICROS)));
    ports.activity().add(project.organization(), table.tableId(), by, Activity.Action.UPDATE);
  }

  private static void sameBody(Submission submission, String hash) {
    if (!submission.bodySha256().equals(hash)) {
      throw PolarisError.conflict(HEADER, "This " + HEADER + " was used with another body.");
    }
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
