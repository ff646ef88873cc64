package io.penstock.control.dialect.hydrolix;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.penstock.control.catalog.Caller;
import io.penstock.control.http.Requests;
import io.penstock.control.identity.Account;
import io.penstock.control.identity.Identity;
import java.util.Optional;

/** The caller. */
final class UserRoutes {
  private final Identity identity;
  private final String cloud;

  UserRoutes(Identity identity, String cloud) {
    this.identity = identity;
    this.cloud = cloud;
  }

  void add(RoutesConfig routes) {
    routes.get("/config/v1/users/current", this::current);
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
}
