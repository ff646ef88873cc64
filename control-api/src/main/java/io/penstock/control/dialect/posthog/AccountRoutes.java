package io.penstock.control.dialect.posthog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.penstock.control.catalog.NumberedProject;
import io.penstock.control.catalog.Organization;
import io.penstock.control.http.Requests;
import io.penstock.control.identity.PersonalKey;
import io.penstock.control.identity.PersonalKeys;
import io.penstock.control.job.Principal;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What clients ask beside exports: who they are, their project, their key. */
final class AccountRoutes {
  private static final String KEYS = "/api/personal_api_keys";
  private static final int SECRET_BYTES = 24;

  private final PosthogDialect.Ports ports;

  AccountRoutes(PosthogDialect.Ports ports) {
    this.ports = ports;
  }

  void add(RoutesConfig routes, Guard guard) {
    routes.get("/api/users/@me", context -> me(context, guard));
    routes.get("/api/projects", context -> projects(context, guard));
    routes.get("/api/projects/{project}", context -> project(context, guard));
    routes.get(KEYS + "/@current", context -> currentKey(context, guard));
    routes.get(KEYS, context -> keys(context, guard));
    routes.post(KEYS, context -> createKey(context, guard));
    routes.delete(KEYS + "/{key}", context -> deleteKey(context, guard));
    routes.post(
        PosthogDialect.INTROSPECTION,
        context -> {
          throw PosthogError.notFound("Endpoint not found.");
        });
  }

  private void me(Context context, Guard guard) {
    Access access = guard.access(context);
    Principal holder = access.caller().principal();
    Optional<PersonalKey> key = ports.keys().find(holder.id());
    String id = key.map(PersonalKey::account).orElse(holder.id()).toString();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("uuid", id).put("distinct_id", id);
    json.put("email", key.map(PersonalKey::email).orElse(holder.name()));
    Organization organization = access.caller().organization();
    json.putObject("organization")
        .put("id", organization.id().toString())
        .put("name", organization.name());
    Optional<NumberedProject> team =
        ports.numbers().list(organization.id()).stream()
            .filter(one -> access.mayProject(one.number()))
            .findFirst();
    if (team.isPresent()) {
      json.putObject("team").put("id", team.get().number()).put("name", team.get().name());
    } else {
      json.putNull("team");
    }
    Requests.answer(context, 200, json);
  }

  private void projects(Context context, Guard guard) {
    Access access = guard.access(context);
    List<NumberedProject> all =
        ports.numbers().list(access.caller().organization().id()).stream()
            .filter(one -> access.mayProject(one.number()))
            .toList();
    OffsetPage.wanted(context).answer(context, all, AccountRoutes::json);
  }

  private static void project(Context context, Guard guard) {
    Access access = guard.access(context);
    NumberedProject project = guard.project(context.pathParam("project"), access);
    Guard.check(access, project);
    Requests.answer(context, 200, json(project));
  }

  private static ObjectNode json(NumberedProject project) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", project.number()).put("uuid", project.id().toString());
    return json.put("name", project.name()).put("organization", project.organization().toString());
  }

  private void currentKey(Context context, Guard guard) {
    Access access = guard.access(context);
    Principal holder = access.caller().principal();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", holder.id().toString()).put("label", holder.name());
    fill(json, access.scopes(), access.projects(), access.organizations());
    Requests.answer(context, 200, json);
  }

  private static void fill(
      ObjectNode json, Set<String> scopes, List<Integer> projects, List<UUID> organizations) {
    ArrayNode scopeList = json.putArray("scopes");
    scopes.stream().sorted().forEach(scopeList::add);
    ArrayNode teams = json.putArray("scoped_teams");
    projects.forEach(teams::add);
    ArrayNode list = json.putArray("scoped_organizations");
    organizations.forEach(id -> list.add(id.toString()));
  }

  private void keys(Context context, Guard guard) {
    PersonalKey mine = everything(context, guard);
    OffsetPage.wanted(context)
        .answer(context, ports.keys().list(mine.account()), AccountRoutes::json);
  }

  private static ObjectNode json(PersonalKey key) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", key.id().toString()).put("label", key.label());
    fill(json, key.scopes(), key.projects(), key.organizations());
    return json.put("created_at", Times.text(key.createdAt()));
  }

  /** The key itself is shown this once. */
  private void createKey(Context context, Guard guard) {
    PersonalKey mine = everything(context, guard);
    Input body = Input.body(context);
    String label = body.text("label", true).orElseThrow();
    Set<String> scopes = new LinkedHashSet<>();
    for (JsonNode scope : list(body, "scopes")) {
      scopes.add(scope.asText());
    }
    if (scopes.isEmpty()) {
      throw PosthogError.required("scopes");
    }
    Set<Integer> projects = new HashSet<>();
    for (JsonNode project : list(body, "scoped_teams")) {
      projects.add(project.asInt());
    }
    Set<UUID> organizations = new HashSet<>();
    for (JsonNode id : list(body, "scoped_organizations")) {
      organizations.add(
          Requests.uuid(id.asText())
              .orElseThrow(() -> PosthogError.choice("scoped_organizations", id.asText())));
    }
    String value = newValue();
    UUID id =
        ports
            .keys()
            .insert(
                mine.account(),
                label,
                value,
                scopes,
                List.copyOf(projects),
                List.copyOf(organizations));
    ObjectNode json = json(ports.keys().find(id).orElseThrow(PosthogError::notFound));
    Requests.answer(context, 201, json.put("value", value));
  }

  private static JsonNode list(Input body, String field) {
    JsonNode list = body.get(field);
    if (!list.isMissingNode() && !list.isNull() && !list.isArray()) {
      throw PosthogError.invalid(
          field, "Expected a list of items but got type \"" + Input.typeWord(list) + "\".");
    }
    return list;
  }

  private static String newValue() {
    byte[] bytes = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(bytes);
    return PersonalKeys.PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private void deleteKey(Context context, Guard guard) {
    PersonalKey mine = everything(context, guard);
    boolean was =
        Requests.uuid(context.pathParam("key"))
            .filter(id -> ports.keys().delete(mine.account(), id))
            .isPresent();
    if (!was) {
      throw PosthogError.notFound();
    }
    context.status(204);
  }

  /** Who makes keys has one of everything, so that no key makes a wider one. */
  private PersonalKey everything(Context context, Guard guard) {
    Access access = guard.access(context);
    boolean all =
        access.scopes().contains("*")
            && access.projects().isEmpty()
            && access.organizations().isEmpty();
    return ports
        .keys()
        .find(access.caller().principal().id())
        .filter(key -> all)
        .orElseThrow(() -> PosthogError.denied("API key missing required scope '*'"));
  }
}
