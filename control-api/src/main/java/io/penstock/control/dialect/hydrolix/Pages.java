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
    if (context.queryParam("page") == null && context.queryParam("page_size") == null) {
      Requests.answer(context, 200, array(all));
    } else {
      answerPage(context, all);
    }
  }

  /** A page, whether the query asks for one or not. */
  static void answerPage(Context context, List<? extends JsonNode> all) {
    Wanted wanted = Wanted.of(context);
    int from = (int) Math.min(all.size(), wanted.from());
    int to = (int) Math.min(all.size(), wanted.to());
    answerPage(context, wanted, all.size(), all.subList(from, to));
  }

  /**
   * A page of what was read for it alone.
   *
   * @param count of all pages together
   * @throws HttpProblem 404 if there is no such page
   */
  static void answerPage(
      Context context, Wanted wanted, long count, List<? extends JsonNode> results) {
    long pages = Math.max(1, (count + wanted.size() - 1) / wanted.size());
    if (wanted.page() > pages) {
      throw new HttpProblem(404, "Invalid page.");
    }
    ObjectNode envelope = JsonNodeFactory.instance.objectNode();
    envelope
        .put("count", count)
        .put("next", wanted.page() < pages ? wanted.page() + 1 : 0)
        .put("previous", wanted.page() - 1)
        .put("current", wanted.page())
        .put("num_pages", pages)
        .set("results", array(results));
    Requests.answer(context, 200, envelope);
  }

  /**
   * The page that a query asks for.
   *
   * @param page from 1
   */
  record Wanted(int page, int size) {
    static Wanted of(Context context) {
      String page = context.queryParam("page");
      String size = context.queryParam("page_size");
      return new Wanted(
          page == null ? 1 : number(page),
          size == null ? DEFAULT_SIZE : Math.min(MAX_SIZE, number(size)));
    }

    /** Index of the first element. */
    long from() {
      return (page - 1L) * size;
    }

    /** Index behind the last element. */
    long to() {
      return from() + size;
    }
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
