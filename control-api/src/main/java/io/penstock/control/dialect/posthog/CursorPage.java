package io.penstock.control.dialect.posthog;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.penstock.control.export.Place;
import io.penstock.control.http.Requests;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * A part of a list that begins behind an entry of it, so that none is lost or repeated while others
 * come and go.
 *
 * @param after the entry; absent for the first page
 * @param back whether the page is the one before the entry
 */
record CursorPage(int size, Optional<Place> after, boolean back) {
  private static final String PARAMETER = "cursor";
  private static final String NO_KEY = "-";

  /**
   * @throws PosthogError 404 if it is no cursor of ours
   */
  static CursorPage wanted(Context context, int size) {
    String cursor = context.queryParam(PARAMETER);
    if (cursor == null || cursor.isBlank()) {
      return new CursorPage(size, Optional.empty(), false);
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(cursor);
      String[] parts = new String(bytes, StandardCharsets.UTF_8).split("\\|", -1);
      if (parts.length == 3) {
        Optional<Instant> key =
            parts[1].equals(NO_KEY) ? Optional.empty() : Optional.of(Instant.parse(parts[1]));
        Place place = new Place(key, UUID.fromString(parts[2]));
        return new CursorPage(size, Optional.of(place), parts[0].equals("b"));
      }
    } catch (IllegalArgumentException | DateTimeException e) {
      // It is none of ours.
    }
    throw PosthogError.notFound("Invalid cursor");
  }

  /** The direction to ask for. */
  boolean descending(boolean shown) {
    return back != shown;
  }

  /** One more than is shown, to see whether there is one. */
  int most() {
    return size + 1;
  }

  /**
   * @param found in the direction that was asked for
   */
  <T> void answer(
      Context context, List<T> found, Function<T, Place> place, Function<T, ObjectNode> shown) {
    boolean more = found.size() > size;
    List<T> page = new ArrayList<>(more ? found.subList(0, size) : found);
    if (back) {
      Collections.reverse(page);
    }
    boolean next = !page.isEmpty() && (back || more);
    boolean previous = !page.isEmpty() && (back ? more : after.isPresent());
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("next", next ? link(context, "f", place.apply(page.get(page.size() - 1))) : null);
    json.put("previous", previous ? link(context, "b", place.apply(page.get(0))) : null);
    ArrayNode results = json.putArray("results");
    page.forEach(one -> results.add(shown.apply(one)));
    Requests.answer(context, 200, json);
  }

  private static String link(Context context, String direction, Place place) {
    String text =
        direction + "|" + place.key().map(Instant::toString).orElse(NO_KEY) + "|" + place.id();
    String cursor =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    return Links.with(context.fullUrl(), PARAMETER, cursor);
  }
}
