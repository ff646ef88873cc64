package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.penstock.control.catalog.Caller;
import io.penstock.control.http.HttpProblem;
import io.penstock.control.http.Requests;
import io.penstock.control.identity.Account;
import io.penstock.control.identity.Identity;
import io.penstock.control.identity.Role;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The caller, and the roles of accounts of either kind. */
final class UserRoutes {
  private static final String ITEM = "/config/v1/users/{id}";

  private final Identity identity;
  private final String cloud;

  UserRoutes(Identity identity, String cloud) {
    this.identity = identity;
    this.cloud = cloud;
  }

  void add(RoutesConfig routes) {
    routes.get("/config/v1/users/current", this::current);
    routes.post(
        ITEM + "/add_roles",
        context -> {
          Account account = found(context);
          identity.giveRoles(account, roles(context));
          answer(context, found(context));
        });
    routes.post(
        ITEM + "/remove_roles",
        context -> {
          Account account = found(context);
          identity.takeRoles(account, roles(context));
          answer(context, found(context));
        });
  }

  private void current(Context context) {
    Caller caller = Requests.caller(context);
    Optional<Account> account = identity.account(caller.organization(), caller.principal().id());
    Requests.answer(
        context,
        200,
        account
            .map(known -> IdentityJson.user(known, cloud))
            .orElseGet(() -> IdentityJson.keyHolder(caller, cloud)));
  }

  /** Each by its name, all of which must be known. */
  private Set<Integer> roles(Context context) {
    Violations violations = new Violations();
    JsonNode names = Requests.body(context).path("roles");
    if (!names.isArray()) {
      violations.add(
          "roles", names.isMissingNode() ? Violations.REQUIRED : "A list of names is required.");
    }
    List<Role> known = identity.roles(Requests.caller(context).organization());
    Set<Integer> ids = new HashSet<>();
    for (JsonNode name : names) {
      Optional<Role> role =
          known.stream()
              .filter(r -> name.isTextual() && r.name().equals(name.asText()))
              .findFirst();
      role.ifPresentOrElse(
          r -> ids.add(r.id()),
          () -> violations.add("roles", "There is no role \"" + name.asText() + "\"."));
    }
    if (!violations.isEmpty()) {
      throw new Refused(violations);
    }
    return ids;
  }

  private Account found(Context context) {
    return identity
        .account(Requests.caller(context).organization(), Requests.id(context, "id"))
        .orElseThrow(() -> new HttpProblem(404, "Not found."));
  }

  private void answer(Context context, Account account) {
    Requests.answer(context, 200, IdentityJson.user(account, cloud));
  }
}
