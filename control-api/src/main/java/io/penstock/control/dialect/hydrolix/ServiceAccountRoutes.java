package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.penstock.control.catalog.Caller;
import io.penstock.control.catalog.CatalogException;
import io.penstock.control.http.HttpProblem;
import io.penstock.control.http.Requests;
import io.penstock.control.identity.Account;
import io.penstock.control.identity.Identity;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Service accounts and their tokens. */
final class ServiceAccountRoutes {
  private static final String COLLECTION = "/config/v1/service_accounts";
  private static final String ITEM = COLLECTION + "/{id}";
  private static final int MIN_NAME = 3;
  private static final int MAX_NAME = 255;
  private static final Duration DEFAULT_LIFE = Duration.ofDays(365);

  /** The last year that clients' parsers of dates agree on. */
  private static final int MAX_YEAR = 9999;

  private final Identity identity;
  private final Clock clock;

  ServiceAccountRoutes(Identity identity, Clock clock) {
    this.identity = identity;
    this.clock = clock;
  }

  void add(RoutesConfig routes) {
    routes.get(
        COLLECTION,
        context ->
            Pages.answer(
                context,
                identity.services(Requests.caller(context).organization()).stream()
                    .filter(account -> visible(context, account))
                    .map(IdentityJson::service)
                    .toList()));
    routes.post(COLLECTION, this::create);
    routes.delete(
        ITEM,
        context -> {
          identity.delete(found(context));
          context.status(204);
        });
    routes.post(ITEM + "/tokens", this::token);
    routes.delete(
        ITEM + "/tokens",
        context -> {
          identity.revokeTokens(found(context));
          context.status(204);
        });
  }

  /** Others' accounts are the superusers' business. */
  private static boolean visible(Context context, Account account) {
    Caller caller = Requests.caller(context);
    return caller.permissions().superuser() || caller.principal().id().equals(account.id());
  }

  private void create(Context context) {
    JsonNode json = Requests.body(context);
    if (!json.isObject()) {
      throw new HttpProblem(400, "The body must be a JSON object.");
    }
    Violations violations = new Violations();
    Body body = new Body(json, "", violations);
    String name = body.requiredText("name", MAX_NAME);
    if (body.has("name") && json.get("name").isTextual() && name.length() < MIN_NAME) {
      body.wrong("name", "Ensure this field has at least " + MIN_NAME + " characters.");
    }
    if (!name.equals(name.strip()) || name.chars().anyMatch(Character::isISOControl)) {
      body.wrong("name", "A name has no control characters, nor white space at its ends.");
    }
    if (!violations.isEmpty()) {
      throw new Refused(violations);
    }
    try {
      Account made = identity.create(Requests.caller(context).organization(), name);
      Requests.answer(context, 201, IdentityJson.service(made));
    } catch (CatalogException.NameTaken e) {
      throw Refused.taken(name);
    }
  }

  private void token(Context context) {
    Account account = found(context);
    Instant expiry = expiry(context).orElse(clock.instant().plus(DEFAULT_LIFE));
    Requests.answer(
        context,
        200,
        JsonNodeFactory.instance.objectNode().put("token", identity.token(account, expiry)));
  }

  private Optional<Instant> expiry(Context context) {
    if (context.body().isBlank()) {
      return Optional.empty();
    }
    Violations violations = new Violations();
    Body body = new Body(Requests.body(context), "", violations);
    Optional<Instant> expiry = body.text("expiry", MAX_NAME).flatMap(text -> moment(body, text));
    if (expiry.isPresent() && !expiry.get().isAfter(clock.instant())) {
      body.wrong("expiry", "The expiry must be in the future.");
    }
    if (!violations.isEmpty()) {
      throw new Refused(violations);
    }
    return expiry;
  }

  private static Optional<Instant> moment(Body body, String text) {
    try {
      OffsetDateTime moment = OffsetDateTime.parse(text);
      if (moment.getYear() <= MAX_YEAR) {
        return Optional.of(moment.toInstant());
      }
    } catch (DateTimeParseException e) {
      // Said below, as of those too far away.
    }
    body.wrong("expiry", "Enter a valid date and time.");
    return Optional.empty();
  }

  private Account found(Context context) {
    return identity
        .account(Requests.caller(context).organization(), Requests.id(context, "id"))
        .filter(account -> account.kind() == Account.Kind.SERVICE)
        .orElseThrow(() -> new HttpProblem(404, "Not found."));
  }
}
