package io.penstock.control.dialect.polaris;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.penstock.control.catalog.Activity;
import io.penstock.control.catalog.CatalogException;
import io.penstock.control.catalog.CatalogObject;
import io.penstock.control.catalog.CatalogObject.Kind;
import io.penstock.control.http.Requests;
import io.penstock.control.job.Jobs;
import io.penstock.control.job.Principal;
import io.penstock.spec.S3Access;
import io.penstock.spec.SealedSecret;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/** {@code …/connections}. They belong to the organization: each of its projects has them all. */
final class ConnectionRoutes {
  private static final String COLLECTION = Guard.PROJECT + "/connections";
  private static final String ITEM = COLLECTION + "/{name}";

  private final PolarisDialect.Ports ports;
  private final SourceRules rules;

  ConnectionRoutes(PolarisDialect.Ports ports, SourceRules rules) {
    this.ports = ports;
    this.rules = rules;
  }

  void add(RoutesConfig routes, Guard guard) {
    PolarisPermission needed = PolarisPermission.MANAGE_CONNECTIONS;
    routes.get(COLLECTION, guard.needing(needed, (context, project) -> list(context)));
    routes.post(COLLECTION, guard.needing(needed, this::create));
    routes.get(ITEM, guard.needing(needed, (c, project) -> answer(c, 200, found(c))));
    routes.patch(ITEM, guard.needing(needed, this::patch));
    routes.delete(ITEM, guard.needing(needed, (context, project) -> delete(context)));
    routes.post(ITEM + "/test", guard.needing(needed, (context, project) -> test(context)));
  }

  private static UUID organization(Context context) {
    return Requests.caller(context).organization().id();
  }

  private static Principal principal(Context context) {
    return Requests.caller(context).principal();
  }

  private void list(Context context) {
    UUID organization = organization(context);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode values = json.putArray("values");
    for (CatalogObject object : ports.catalog().list(organization, Kind.CONNECTION, organization)) {
      Connection.of(object).ifPresent(connection -> values.add(connection.json()));
    }
    Requests.answer(context, 200, json);
  }

  private void create(Context context, CatalogObject project) {
    UUID organization = organization(context);
    Problems problems = new Problems();
    ConnectionBody body = ConnectionBody.read(Guard.body(context), rules, problems);
    problems.refuse("connection");
    Instant now = now();
    CatalogObject made =
        new CatalogObject(
            UUID.randomUUID(),
            organization,
            Kind.CONNECTION,
            organization,
            body.name(),
            Optional.ofNullable(body.settings().path("description").textValue()),
            Connection.document(body.settings(), principal(context), principal(context)),
            body.sealed(ports.secrets()),
            now,
            now);
    try {
      ports
          .catalog()
          .changing(
              organization,
              () -> {
                ports.catalog().insert(made);
                note(context, made, Activity.Action.CREATE);
                return made;
              });
    } catch (CatalogException.NameTaken e) {
      throw PolarisError.exists(
          "name", "There is already a connection or credential named " + body.name() + ".");
    }
    context.header("Location", location(project, made));
    answer(context, 201, Connection.of(made).orElseThrow());
  }

  /** What is not given keeps its value. */
  private void patch(Context context, CatalogObject project) {
    ObjectNode given = Guard.body(context);
    Connection changed =
        ports.catalog().changing(organization(context), () -> patched(context, given));
    context.header("Location", location(project, changed.object()));
    answer(context, 200, changed);
  }

  private Connection patched(Context context, ObjectNode given) {
    Connection before = found(context);
    Problems problems = new Problems();
    if (!given.hasNonNull("type")) {
      problems.bad("type", "type is required.");
    }
    if (given.hasNonNull("name") && !given.path("name").asText().equals(before.object().name())) {
      problems.bad("name", "name cannot be changed.");
    }
    ObjectNode whole = before.asSent();
    boolean newSecret = given.hasNonNull("secrets");
    whole.remove("secrets");
    given.properties().stream()
        .filter(field -> !field.getValue().isNull())
        .forEach(field -> whole.set(field.getKey(), field.getValue()));
    ConnectionBody body = ConnectionBody.read(whole, rules, problems);
    problems.refuse("connection");
    if (!newSecret && before.settings().has("secrets")) {
      body.settings().set("secrets", before.settings().get("secrets"));
    }
    CatalogObject object = before.object();
    Optional<SealedSecret> secret = newSecret ? body.sealed(ports.secrets()) : object.secret();
    CatalogObject after =
        new CatalogObject(
            object.id(),
            object.organization(),
            object.kind(),
            object.parent(),
            object.name(),
            Optional.ofNullable(body.settings().path("description").textValue()),
            Connection.document(body.settings(), before.submittedBy(), principal(context)),
            secret,
            object.createdAt(),
            now());
    ports.catalog().update(after);
    note(context, after, Activity.Action.UPDATE);
    return Connection.of(after).orElseThrow();
  }

  private void delete(Context context) {
    UUID organization = organization(context);
    ports
        .catalog()
        .changing(
            organization,
            () -> {
              CatalogObject object = found(context).object();
              if (inUse(ports.jobs(), object)) {
                throw PolarisError.stateConflict(
                    "name", "An active job uses the connection " + object.name() + ".");
              }
              note(context, object, Activity.Action.DELETE);
              ports.catalog().delete(organization, object.id());
              return object;
            });
    context.status(200);
  }

  private static boolean inUse(Jobs jobs, CatalogObject connection) {
    return jobs.list(connection.organization()).stream()
        .filter(job -> !job.state().isFinal() || job.pausing())
        .anyMatch(
            job ->
                job.definition().source().connection().filter(connection.id()::equals).isPresent());
  }

  private void test(Context context) {
    Connection connection = found(context);
    S3Access access =
        new S3Access(
            Optional.of(connection.endpoint()),
            connection.region(),
            true,
            connection.object().secret());
    Optional<String> trouble =
        ports.probe().trouble(access, connection.bucket(), connection.prefix());
    if (trouble.isPresent()) {
      throw PolarisError.badArgument("name", "The connection does not work: " + trouble.get());
    }
    context.status(200);
  }

  private Connection found(Context context) {
    String name = context.pathParam("name");
    return named(ports, organization(context), name)
        .orElseThrow(() -> PolarisError.notFound("name", "There is no connection " + name + "."));
  }

  static Optional<Connection> named(PolarisDialect.Ports ports, UUID organization, String name) {
    return ports
        .catalog()
        .named(organization, Kind.CONNECTION, organization, name)
        .flatMap(Connection::of);
  }

  private void note(Context context, CatalogObject object, Activity.Action action) {
    ports.activity().add(object.organization(), object.id(), principal(context), action);
  }

  private static String location(CatalogObject project, CatalogObject connection) {
    return "/v1/projects/" + project.id() + "/connections/" + connection.name();
  }

  private static void answer(Context context, int status, Connection connection) {
    Requests.answer(context, status, connection.json());
  }

  private Instant now() {
    return ports.clock().instant().truncatedTo(ChronoUnit.MICROS);
  }
}
