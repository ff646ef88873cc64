package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.penstock.control.http.HttpProblem;
import io.penstock.control.http.Requests;
import java.util.List;

/** Lists: a bare array, or pages where the query asks for them. */
final class Pages {
  private static final int DEFAULT_SIZE = 100;
  private static final int MAX_SIZE = 1_000;

  private Pages() {}

  static void answer(Context context, List<? extends JsonNode> all) {
    String page = context.queryParam("page");
    String size = context.queryParam("page_size");
    if (page == null && size == null) {
      Requests.answer(context, 200, array(all));
      return;
    }
    int pageSize = size == null ? DEFAULT_SIZE : Math.min(MAX_SIZE, number(size));
    int current = page == null ? 1 : number(page);
    int pages = Math.max(1, (all.size() + pageSize - 1) / pageSize);
    if (current > pages) {
      throw new HttpProblem(404, "Invalid page.");
    }
    int from = (current - 1) * pageSize;
    ObjectNode envelope = JsonNodeFactory.instance.objectNode();
    envelope
        .put("count", all.size())
        .put("next", current < pages ? current + 1 : 0)
        .put("previous", current - 1)
        .put("current", current)
        .put("num_pages", pages)
        .set("results", array(all.subList(from, Math.min(all.size(), from + pageSize))));
    Requests.answer(context, 200, envelope);
  }

  private static ArrayNode array(List<? extends JsonNode> nodes) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    nodes.forEach(array::add);
    return array;
  }

  private static int number(String text) {
    if (!text.matches("[1-9]\\d{0,8}")) {
      throw new HttpProblem(404, "Invalid page.");
    }
    return Integer.parseInt(text);
  }
}
