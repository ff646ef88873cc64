package io.penstock.control.dialect.posthog;

import io.javalin.http.Context;
import io.penstock.control.export.RunState;
import io.penstock.control.export.RunStore.Order;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which runs a list shows.
 *
 * @param nothing whether only statuses are asked for that no run ever has
 */
record RunFilters(
    Order order,
    boolean descending,
    Optional<Instant> from,
    Optional<Instant> to,
    Set<RunState> states,
    boolean nothing) {
  private static final Pattern RELATIVE = Pattern.compile("-(\\d{1,5})([hdwmy])");
  private static final Duration USUAL = Duration.ofDays(7);

  static RunFilters of(Context context, Instant now) {
    String ordering = Optional.ofNullable(context.queryParam("ordering")).orElse("");
    boolean interval = ordering.endsWith("data_interval_start") && ordering.length() <= 20;
    boolean descending = !(ordering.equals("created_at") || ordering.equals("data_interval_start"));
    Set<RunState> states = new HashSet<>();
    List<String> given = context.queryParams("status");
    for (int i = 0; i < given.size(); i++) {
      String status = given.get(i);
      Optional<RunState> state = RunJson.state(status);
      if (state.isEmpty() && !RunJson.NEVER.contains(status)) {
        throw PosthogError.choice("status__" + i, status);
      }
      state.ifPresent(states::add);
    }
    return new RunFilters(
        interval ? Order.INTERVAL : Order.CREATED,
        descending,
        Optional.of(time(context, interval ? "start" : "after", now).orElse(now.minus(USUAL))),
        Optional.of(time(context, interval ? "end" : "before", now).orElse(now)),
        states,
        states.isEmpty() && !given.isEmpty());
  }

  private static Optional<Instant> time(Context context, String parameter, Instant now) {
    String text = context.queryParam(parameter);
    if (text == null || text.isBlank()) {
      return Optional.empty();
    }
    Matcher relative = RELATIVE.matcher(text);
    if (relative.matches()) {
      return Optional.of(
          now.minus(unit(relative.group(2)).multipliedBy(Long.parseLong(relative.group(1)))));
    }
    // A plus that was not encoded arrives as a blank.
    return Optional.of(
        Times.read(text)
            .or(() -> Times.read(text.replaceFirst(" (\\d{2}:?\\d{2})$", "+$1")))
            .orElseThrow(
                () -> PosthogError.invalid(parameter, "Not a valid date or relative date."))
            .instant());
  }

  private static Duration unit(String letter) {
    return switch (letter) {
      case "h" -> Duration.ofHours(1);
      case "d" -> Duration.ofDays(1);
      case "w" -> Duration.ofDays(7);
      case "m" -> Duration.ofDays(30);
      default -> Duration.ofDays(365);
    };
  }
}
