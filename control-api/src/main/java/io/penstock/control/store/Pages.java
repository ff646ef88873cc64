package io.penstock.control.store;

import io.penstock.control.export.Place;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jdbi.v3.core.statement.SqlStatement;

/** Lists a page at a time: by a key and the id, both in the same direction. */
final class Pages {
  private Pages() {}

  /** The condition that leaves what comes behind a place. */
  static String after(String key, boolean descending, Optional<Place> place) {
    if (place.isEmpty()) {
      return "";
    }
    String value = place.get().key().isPresent() ? ":placeKey" : "'-infinity'::timestamptz";
    return " AND (%s, id) %s (%s, :placeId)".formatted(key, descending ? "<" : ">", value);
  }

  static String order(String key, boolean descending, int most) {
    String direction = descending ? "DESC" : "ASC";
    return " ORDER BY %s %s, id %s LIMIT %d".formatted(key, direction, direction, most);
  }

  static void bind(SqlStatement<?> statement, Optional<Place> place) {
    place.ifPresent(
        at -> {
          statement.bind("placeId", at.id());
          at.key().ifPresent(key -> statement.bind("placeKey", key.atOffset(ZoneOffset.UTC)));
        });
  }
}
