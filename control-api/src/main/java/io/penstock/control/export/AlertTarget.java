package io.penstock.control.export;

import io.penstock.spec.SealedSecret;
import java.util.Set;

/**
 * Where messages about an export go.
 *
 * @param secret that they are signed with
 */
public record AlertTarget(String url, SealedSecret secret, Set<Alarm.Event> events) {
  public AlertTarget {
    events = Set.copyOf(events);
  }
}
