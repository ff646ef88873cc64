package io.penstock.control.dialect.posthog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.penstock.control.export.Alarm.Event;
import io.penstock.control.export.AlertTarget;
import io.penstock.control.export.Alerts;
import io.penstock.control.export.Export;
import io.penstock.control.export.Exports;
import io.penstock.control.http.Requests;
import io.penstock.spec.SealedSecret;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** {@code …/alerts}: where messages about an export go. An extension; nobody sees the secret. */
final class AlertRoutes {
  private final PosthogDialect.Ports ports;
  private final Exports exports;

  AlertRoutes(PosthogDialect.Ports ports) {
    this.ports = ports;
    this.exports = new Exports(ports.export());
  }

  void add(RoutesConfig routes, Guard guard) {
    for (String base : PosthogDialect.BASES) {
      String path = base + "/{export}/alerts";
      routes.get(path, guard.needing(Scope.EXPORT_READ, this::get));
      routes.put(path, guard.needing(Scope.EXPORT_WRITE, this::put));
      routes.delete(path, guard.needing(Scope.EXPORT_WRITE, this::delete));
    }
  }

  private void get(Context context, Scene scene) {
    Export export = ExportRoutes.found(exports, context, scene);
    Requests.answer(
        context, 200, json(ports.alerts().target(export.id()).orElseThrow(PosthogError::notFound)));
  }

  private void put(Context context, Scene scene) {
    UUID export = ExportRoutes.found(exports, context, scene).id();
    Input body = Input.body(context);
    String url = body.text("url", true).orElseThrow();
    Optional<String> trouble = ports.endpoints().trouble(url);
    if (trouble.isPresent()) {
      throw PosthogError.invalid("url", "Invalid URL: " + trouble.get());
    }
    Optional<SealedSecret> stored = ports.alerts().target(export).map(AlertTarget::secret);
    SealedSecret secret =
        body.text("secret", stored.isEmpty())
            .map(ports.secrets()::sealText)
            .or(() -> stored)
            .orElseThrow(() -> PosthogError.required("secret"));
    AlertTarget target = new AlertTarget(url, secret, events(body));
    ports.alerts().put(export, target);
    Requests.answer(context, 200, json(target));
  }

  /** All if none are named. */
  private static Set<Event> events(Input body) {
    JsonNode given = body.get("events");
    if (given.isMissingNode() || given.isNull()) {
      return EnumSet.allOf(Event.class);
    }
    if (!given.isArray()) {
      throw PosthogError.invalid(
          "events", "Expected a list of items but got type \"" + Input.typeWord(given) + "\".");
    }
    Set<Event> events = EnumSet.noneOf(Event.class);
    for (JsonNode name : given) {
      events.add(
          EnumSet.allOf(Event.class).stream()
              .filter(event -> Alerts.name(event).equals(name.asText()))
              .findFirst()
              .orElseThrow(() -> PosthogError.choice("events", name.asText())));
    }
    return events;
  }

  private void delete(Context context, Scene scene) {
    if (!ports.alerts().delete(ExportRoutes.found(exports, context, scene).id())) {
      throw PosthogError.notFound();
    }
    context.status(204);
  }

  private static ObjectNode json(AlertTarget target) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("url", target.url());
    ArrayNode events = json.putArray("events");
    target.events().stream().sorted().forEach(event -> events.add(Alerts.name(event)));
    return json;
  }
}
