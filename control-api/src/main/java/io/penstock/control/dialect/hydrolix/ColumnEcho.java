package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a reply shows of columns beside what was sent. Pure. */
final class ColumnEcho {
  private static final List<String> NULL_WHEN_ABSENT =
      List.of("format", "resolution", "default", "script", "source");
  private static final Set<String> LISTS = Set.of("array", "map");
  private static final Set<String> UNINDEXED_ELEMENTS = Set.of("array", "double", "map");

  private ColumnEcho() {}

  static void complete(JsonNode columns) {
    for (JsonNode column : columns) {
      if (column.path("datatype") instanceof ObjectNode datatype) {
        complete(datatype);
      }
    }
  }

  private static void complete(ObjectNode datatype) {
    datatype.put("index", indexed(datatype));
    datatype.put("suppress", datatype.path("suppress").asBoolean(false));
    for (String field : NULL_WHEN_ABSENT) {
      if (!datatype.has(field)) {
        datatype.putNull(field);
      }
    }
  }

  /** What cannot be indexed is not, whatever was sent. */
  private static boolean indexed(ObjectNode datatype) {
    String type = datatype.path("type").asText("").toLowerCase(Locale.ROOT);
    if (type.equals("double")) {
      return false;
    }
    if (LISTS.contains(type)) {
      for (JsonNode element : datatype.path("elements")) {
        String inner = element.path("type").asText("").toLowerCase(Locale.ROOT);
        if (UNINDEXED_ELEMENTS.contains(inner)) {
          return false;
        }
      }
    }
    return datatype.path("index").asBoolean(!type.equals("array"));
  }
}
