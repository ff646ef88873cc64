package io.penstock.control.dialect.posthog;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.penstock.control.http.Requests;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A part of a list, by {@code limit} and {@code offset}. Values that make no sense are ignored. */
record OffsetPage(int limit, int offset) {
  private static final int USUAL = 100;
  private static final int MOST = 1_000;

  static OffsetPage wanted(Context context) {
    int limit = number(context, "limit").filter(n -> n > 0).orElse(USUAL);
    return new OffsetPage(Math.min(limit, MOST), number(context, "offset").orElse(0));
  }

  private static Optional<Integer> number(Context context, String parameter) {
    return Optional.ofNullable(context.queryParam(parameter))
        .filter(text -> text.matches("\\d{1,9}"))
        .map(Integer::parseInt);
  }

  <T> void answer(Context context, List<T> all, Function<T, ObjectNode> shown) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("count", all.size());
    int end = Math.min(all.size(), offset + limit);
    json.put("next", end < all.size() ? link(context, offset + limit) : null);
    json.put("previous", offset > 0 ? link(context, Math.max(0, offset - limit)) : null);
    ArrayNode results = json.putArray("results");
    for (int i = offset; i < end; i++) {
      results.add(shown.apply(all.get(i)));
    }
    Requests.answer(context, 200, json);
  }

  private String link(Context context, int to) {
    return Links.with(
        Links.with(context.fullUrl(), "limit", Integer.toString(limit)),
        "offset",
        to == 0 ? "" : Integer.toString(to));
  }
}
