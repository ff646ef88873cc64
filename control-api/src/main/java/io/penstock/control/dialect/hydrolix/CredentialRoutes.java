package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.penstock.control.catalog.CatalogObject;
import io.penstock.control.catalog.CatalogObject.Kind;
import io.penstock.control.catalog.Permission;
import io.penstock.control.http.Requests;
import io.penstock.control.job.Jobs;
import io.penstock.spec.SecretBox;
import java.util.UUID;

/** {@code …/credentials}. They are made and deleted, never changed. */
final class CredentialRoutes {
  static final String COLLECTION = HydrolixDialect.ORG + "/credentials";
  static final String ITEM = COLLECTION + "/{credential}";

  private final CatalogObjects objects;
  private final CredentialUses uses;
  private final SecretBox secrets;

  CredentialRoutes(CatalogObjects objects, Jobs jobs, SecretBox secrets) {
    this.objects = objects;
    this.uses = new CredentialUses(objects.catalog(), jobs);
    this.secrets = secrets;
  }

  void add(RoutesConfig routes) {
    routes.get(COLLECTION, this::list);
    routes.post(COLLECTION, this::create);
    routes.options(COLLECTION, this::metadata);
    routes.get(COLLECTION + "/types", this::types);
    routes.get(ITEM, this::get);
    routes.delete(ITEM, this::delete);
  }

  private void list(Context context) {
    UUID organization = HydrolixDialect.organization(context);
    CredentialUses.Seen seen = uses.seen(organization);
    Pages.answer(
        context,
        objects.list(context, Kind.CONNECTION, organization).stream()
            .filter(credential -> Gate.visible(context, credential))
            .map(credential -> json(context, credential, seen))
            .filter(json -> matches(context, "cloud", json) && matches(context, "type", json))
            .toList());
  }

  private static boolean matches(Context context, String field, ObjectNode json) {
    String wanted = context.queryParam(field);
    return wanted == null || wanted.equals(json.path(field).textValue());
  }

  private void create(Context context) {
    Violations violations = new Violations();
    ObjectNode given = objects.posted(context, Shapes.CREDENTIAL, violations);
    CredentialDetails details = CredentialDetails.take(given, violations);
    violations.refuse();
    CatalogObject made =
        objects.changing(
            context,
            () ->
                objects.insert(
                    context,
                    Kind.CONNECTION,
                    objects.parent(context, Kind.CONNECTION),
                    given,
                    details.sealed(secrets)));
    Requests.answer(context, 201, json(context, made, uses.seen(made.organization())));
  }

  private void metadata(Context context) {
    HydrolixDialect.organization(context);
    Requests.answer(
        context,
        200,
        Gate.described(
            context,
            Permission.ADD_CONNECTION,
            CatalogJson.metadata("Credential List", Shapes.CREDENTIAL)));
  }

  private void types(Context context) {
    HydrolixDialect.organization(context);
    Requests.answer(context, 200, CredentialType.catalog());
  }

  private void get(Context context) {
    CatalogObject credential = found(context);
    Requests.answer(context, 200, json(context, credential, uses.seen(credential.organization())));
  }

  private void delete(Context context) {
    objects.changing(
        context,
        () -> {
          CatalogObject credential = found(context);
          Violations violations = new Violations();
          uses.seen(credential.organization())
              .refusals(credential.id())
              .forEach(message -> violations.add("non_field_errors", message));
          violations.refuse();
          objects.delete(context, credential);
          return credential;
        });
    context.status(204);
  }

  private CatalogObject found(Context context) {
    return objects.found(
        context, Kind.CONNECTION, HydrolixDialect.organization(context), "credential");
  }

  private static ObjectNode json(
      Context context, CatalogObject credential, CredentialUses.Seen seen) {
    ObjectNode json = CatalogJson.of(context, credential, Shapes.CREDENTIAL, "credentials");
    json.set("attached_resources", seen.attached(credential.id()));
    return json;
  }
}
