package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.penstock.control.http.HttpProblem;
import io.penstock.control.http.Requests;
import io.penstock.control.identity.Account;
import io.penstock.control.identity.Identity;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;

/** Logging in with a password. */
final class LoginRoutes {
  static final String LOGIN = "/config/v1/login";
  private static final Duration TOKEN_LIFE = Duration.ofDays(1);
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final int MAX_LENGTH = 1_000;

  private final Identity identity;
  private final String cloud;
  private final Clock clock;

  LoginRoutes(Identity identity, String cloud, Clock clock) {
    this.identity = identity;
    this.cloud = cloud;
    this.clock = clock;
  }

  void add(RoutesConfig routes) {
    routes.post(LOGIN, this::login);
  }

  private void login(Context context) {
    Violations violations = new Violations();
    Body body = new Body(body(context), "", violations);
    String username = body.requiredText("username", MAX_LENGTH);
    String password = body.requiredText("password", MAX_LENGTH);
    if (!violations.isEmpty()) {
      // Clients look for a detail in whatever a login says.
      violations.addDetail("A username and a password are required.");
      throw new Refused(violations);
    }
    Account account =
        identity
            .login(username, password)
            .orElseThrow(
                () -> new HttpProblem(401, "Could not log in with the given credentials."));
    Requests.answer(context, 200, answer(account));
  }

  private static JsonNode body(Context context) {
    String type = context.contentType();
    if (type != null && type.toLowerCase(Locale.ROOT).startsWith(FORM)) {
      return Requests.form(context);
    }
    JsonNode json = Requests.body(context);
    if (!json.isObject()) {
      throw new HttpProblem(400, "The body must be a JSON object.");
    }
    return json;
  }

  private ObjectNode answer(Account account) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("uuid", account.id().toString());
    json.put("email", account.name());
    json.putArray("orgs").add(IdentityJson.membership(account.organization(), cloud));
    json.putArray("groups");
    json.set("roles", IdentityJson.roleNames(account.roles()));
    json.put("is_superuser", account.caller().permissions().superuser());
    json.put("emailVerified", true);
    json.putObject("auth_token")
        .put("access_token", identity.token(account, clock.instant().plus(TOKEN_LIFE)))
        .put("expires_in", TOKEN_LIFE.toSeconds())
        .put("token_type", "Bearer");
    return json;
  }
}
