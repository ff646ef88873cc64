package io.penstock.control.dialect.polaris;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.penstock.control.catalog.CatalogException;
import io.penstock.control.catalog.CatalogObject;
import io.penstock.control.catalog.InputStorage;
import io.penstock.control.catalog.UploadedFile;
import io.penstock.control.expression.NearestName;
import io.penstock.control.http.Requests;
import io.penstock.control.job.Job;
import java.io.IOException;
import java.io.InputStream;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** {@code …/files}: what is uploaded to be loaded. */
final class FileRoutes {
  private static final String COLLECTION = Guard.PROJECT + "/files";
  private static final String ITEM = COLLECTION + "/<name>";
  private static final long MAX_BYTES = 10_000_000_000L;
  private static final int MAX_NAME = 255;

  /** Of all files of a project. */
  static final long ALLOCATED_BYTES = 1_000_000_000_000L;

  private final PolarisDialect.Ports ports;

  FileRoutes(PolarisDialect.Ports ports) {
    this.ports = ports;
  }

  void add(RoutesConfig routes, Guard guard) {
    PolarisPermission needed = PolarisPermission.MANAGE_FILES;
    routes.get(COLLECTION, guard.needing(needed, this::list));
    routes.post(COLLECTION, guard.needing(needed, this::upload));
    routes.get(ITEM, guard.needing(needed, (c, p) -> Requests.answer(c, 200, json(found(c, p)))));
    routes.delete(ITEM, guard.needing(needed, this::delete));
  }

  private void list(Context context, CatalogObject project) {
    FileQuery query = FileQuery.read(context.queryParamMap());
    List<UploadedFile> all = ports.files().list(project.id());
    List<UploadedFile> found = query.found(all);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode files = json.putArray("files");
    query.page(found).forEach(file -> files.add(json(file)));
    long used = all.stream().mapToLong(UploadedFile::sizeBytes).sum();
    json.putObject("space")
        .put("allocatedBytes", ALLOCATED_BYTES)
        .put("usedBytes", used)
        .put("remainingBytes", Math.max(0, ALLOCATED_BYTES - used));
    json.put("totalCount", found.size());
    query.links(found.size(), context.path()).ifPresent(links -> json.set("links", links));
    Requests.answer(context, 200, json);
  }

  private void upload(Context context, CatalogObject project) throws IOException {
    String type = context.contentType() == null ? "" : context.contentType();
    if (!type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data")) {
      throw PolarisError.mediaType(type.isEmpty() ? "missing" : type, "multipart/form-data");
    }
    if (announced(context) > MAX_BYTES) {
      throw tooLarge();
    }
    Problems problems = new Problems();
    Optional<String> format = choice(context, "dataFormat", FileKind.DATA_FORMATS, problems);
    Optional<String> compression =
        choice(context, "compressionFormat", FileKind.COMPRESSIONS, problems);
    List<io.javalin.http.UploadedFile> parts = context.uploadedFiles("file");
    if (parts.size() != 1 || parts.get(0).filename().isBlank()) {
      problems.bad("file", "There must be exactly one part file, with a file name.");
      problems.refuse("upload");
    }
    io.javalin.http.UploadedFile part = parts.get(0);
    String name = part.filename();
    checkName(name, problems);
    FileKind kind =
        FileKind.of(
            name, part.contentType() == null ? "" : part.contentType(), format, compression);
    if (kind.dataFormat().isEmpty()) {
      problems.bad("dataFormat", "dataFormat is required: neither type nor name tell it.");
    }
    problems.refuse("upload");
    if (part.size() > MAX_BYTES || used(project) + part.size() > ALLOCATED_BYTES) {
      throw tooLarge();
    }
    if (ports.files().named(project.id(), name).isPresent()) {
      throw taken(name);
    }
    Requests.answer(context, 201, json(stored(context, project, part, kind)));
  }

  /** Before anything of it is read. */
  private static long announced(Context context) {
    String length = context.header("Content-Length");
    return length != null && length.matches("\\d{1,18}") ? Long.parseLong(length) : 0;
  }

  private long used(CatalogObject project) {
    return ports.files().list(project.id()).stream().mapToLong(UploadedFile::sizeBytes).sum();
  }

  private static void checkName(String name, Problems problems) {
    if (name.length() > MAX_NAME || name.chars().anyMatch(Character::isISOControl)) {
      problems.bad("file", "A file's name must have at most 255 characters, none of control.");
    }
  }

  private static Optional<String> choice(
      Context context, String parameter, List<String> choices, Problems problems) {
    Optional<String> given = Optional.ofNullable(context.queryParam(parameter));
    if (given.filter(one -> !choices.contains(one)).isPresent()) {
      problems.bad(
          parameter,
          "%s must be one of %s but was \"%s\".%s"
              .formatted(
                  parameter,
                  String.join(", ", choices),
                  given.get(),
                  NearestName.hint(given.get(), choices)));
    }
    return given;
  }

  /** The object is there before it is known of, and goes again if it cannot be known. */
  private UploadedFile stored(
      Context context, CatalogObject project, io.javalin.http.UploadedFile part, FileKind kind)
      throws IOException {
    UUID id = UUID.randomUUID();
    String key = ports.inputs().key(project.id(), id, part.filename());
    InputStorage.Stored stored;
    try (InputStream content = part.content()) {
      stored = ports.inputs().put(key, content);
    }
    UploadedFile file =
        new UploadedFile(
            id,
            project.id(),
            part.filename(),
            stored.bytes(),
            kind.dataFormat().orElseThrow(),
            kind.compression(),
            stored.md5(),
            Requests.caller(context).principal(),
            ports.clock().instant().truncatedTo(ChronoUnit.MICROS));
    try {
      ports.files().insert(file);
      return file;
    } catch (CatalogException.NameTaken e) {
      ports.inputs().delete(key);
      throw taken(part.filename());
    }
  }

  private void delete(Context context, CatalogObject project) throws IOException {
    UploadedFile file = found(context, project);
    for (Job job : ports.jobs().list(project.organization())) {
      boolean busy = !job.state().isFinal() || job.pausing();
      if (busy
          && job.dialect().equals(PolarisDialect.NAME)
          && job.definition().table().projectId().equals(project.id())
          && lists(job, file.name())) {
        throw PolarisError.stateConflict(
            "name", "A job that has not ended reads the file " + file.name() + ".");
      }
    }
    ports.files().delete(file.id());
    ports.inputs().delete(ports.inputs().key(project.id(), file.id(), file.name()));
    context.status(204);
  }

  private static boolean lists(Job job, String name) {
    for (JsonNode one : Requests.parse(job.submitted()).path("source").path("fileList")) {
      if (one.asText().equals(name)) {
        return true;
      }
    }
    return false;
  }

  private UploadedFile found(Context context, CatalogObject project) {
    String name = context.pathParam("name");
    return ports
        .files()
        .named(project.id(), name)
        .orElseThrow(() -> PolarisError.notFound("name", "There is no file " + name + "."));
  }

  private static PolarisError taken(String name) {
    return PolarisError.exists("file", "There is already a file named " + name + ".");
  }

  private static PolarisError tooLarge() {
    return PolarisError.tooLarge(
        "A file may have 10 GB, and all files of a project together "
            + ALLOCATED_BYTES
            + " bytes.");
  }

  private static ObjectNode json(UploadedFile file) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", file.id().toString())
        .put("name", file.name())
        .put("sizeBytes", file.sizeBytes())
        .put("dataFormat", file.dataFormat())
        .put("compressionFormat", file.compression());
    json.putObject("digest").put("algo", "md5").put("hash", file.md5());
    json.set("uploadedBy", PolarisJobJson.principal(file.uploadedBy()));
    json.put("uploadedOnDatetime", PolarisJobJson.timestamp(file.uploadedAt()));
    return json;
  }
}
