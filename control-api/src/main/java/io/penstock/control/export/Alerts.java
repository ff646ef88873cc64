package io.penstock.control.export;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.penstock.control.export.Agenda.Matter;
import io.penstock.spec.SecretBox;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Messages to whoever wants to know: written down at once, delivered at least once, tried for a
 * day. Each is signed with its target's secret. Thread-safe.
 */
public final class Alerts implements Alarm {
  private static final Duration TRIED = Duration.ofDays(1);
  private static final Duration MOST = Duration.ofHours(1);
  private static final String HMAC = "HmacSHA256";

  private final AlertStore store;
  private final Agenda agenda;
  private final Messenger messenger;
  private final Endpoints endpoints;
  private final SecretBox secrets;
  private final Clock clock;

  /**
   * @param endpoints that may be written to
   */
  public Alerts(
      AlertStore store,
      Agenda agenda,
      Messenger messenger,
      Endpoints endpoints,
      SecretBox secrets,
      Clock clock) {
    this.store = store;
    this.agenda = agenda;
    this.messenger = messenger;
    this.endpoints = endpoints;
    this.secrets = secrets;
    this.clock = clock;
  }

  /** What callers call an event. */
  public static String name(Event event) {
    return event.name().toLowerCase(Locale.ROOT).replace('_', '.');
  }

  @Override
  public void raise(Event event, UUID export, UUID instance, String message) {
    Optional<AlertTarget> target = store.target(export).filter(one -> one.events().contains(event));
    if (target.isEmpty()) {
      return;
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    UUID id = TimeOrderedId.at(now);
    String body =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", id.toString())
            .put("event", name(event))
            .put("batch_export", export.toString())
            .put("instance", instance.toString())
            .put("message", message)
            .put("at", now.toString())
            .toString();
    store.add(new AlertMessage(id, export, body, now, 0));
    agenda.at(Matter.ALERT, id, now);
  }

  /** Tries to deliver a message; returns when to try again, absent if it is done with. */
  public Optional<Instant> step(UUID id) {
    Optional<AlertMessage> message = store.find(id);
    Optional<AlertTarget> target = message.flatMap(one -> store.target(one.export()));
    Instant now = clock.instant();
    boolean over = message.filter(one -> one.createdAt().plus(TRIED).isAfter(now)).isEmpty();
    if (over || target.isEmpty() || delivered(target.get(), message.get())) {
      store.remove(id);
      return Optional.empty();
    }
    AlertMessage tried = message.get().triedAgain();
    store.update(tried);
    Duration wait = Duration.ofSeconds(1L << Math.min(tried.tries(), 20));
    return Optional.of(now.plus(wait.compareTo(MOST) > 0 ? MOST : wait));
  }

  private boolean delivered(AlertTarget target, AlertMessage message) {
    if (endpoints.trouble(target.url()).isPresent()) {
      return false;
    }
    Map<String, String> headers =
        Map.of(
            "Content-Type",
            "application/json",
            "X-Penstock-Event-Id",
            message.id().toString(),
            "X-Penstock-Signature",
            "sha256=" + signature(secrets.openText(target.secret()), message.body()));
    return messenger.deliver(target.url(), headers, message.body());
  }

  /** HMAC-SHA-256 of the body, hexadecimal. */
  static String signature(String secret, String body) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC));
      return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + HMAC, e);
    }
  }
}
