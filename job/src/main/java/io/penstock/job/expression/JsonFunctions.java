package io.penstock.job.expression;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.penstock.job.record.ColumnVector;
import io.penstock.spec.expression.Expression;
import io.penstock.spec.expression.ValuePath;
import io.penstock.spec.expression.ValueType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Functions of JSON. */
final class JsonFunctions {
  private static final int MAX_PATHS = 10_000;

  private JsonFunctions() {}

  static RowFunction of(Expression.Call call) {
    List<Expression> arguments = call.arguments();
    return switch (call.function()) {
      case JSON_VALUE -> value(path(arguments), call.type());
      case JSON_QUERY -> query(path(arguments));
      case JSON_KEYS -> keys(path(arguments));
      case JSON_PATHS -> JsonFunctions::paths;
      case PARSE_JSON, TRY_PARSE_JSON -> JsonFunctions::parse;
      case TO_JSON_STRING ->
          (a, row, result, losses) -> {
            StringBuilder text = new StringBuilder();
            JsonText.append(text, a[0], row, arguments.get(0).type());
            Values.set(result, row, text.toString());
          };
      case JSON_OBJECT -> object(arguments.stream().map(Expression::type).toList());
      default -> throw new IllegalArgumentException("not of JSON: " + call.function());
    };
  }

  private static List<Object> path(List<Expression> arguments) {
    return ValuePath.parse(((Expression.Constant) arguments.get(1)).value().orElseThrow()).steps();
  }

  /** JSON columns hold JSON; text that is none leads nowhere. */
  private static Optional<JsonText.Found> find(ColumnVector[] a, int row, List<Object> path) {
    try {
      return JsonText.find(a[0], row, path).filter(found -> found.token() != JsonToken.VALUE_NULL);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static RowFunction value(List<Object> path, ValueType type) {
    return (a, row, result, losses) -> {
      Optional<JsonText.Found> found = find(a, row, path).filter(JsonText.Found::isScalar);
      if (found.isEmpty()) {
        result.setNull(row);
        return;
      }
      String text = found.get().text();
      switch (type) {
        case BIGINT ->
            NumberText.decimal(text)
                .flatMap(NumberText::whole)
                .ifPresent(value -> result.setLong(row, value));
        case DOUBLE -> NumberText.floating(text).ifPresent(value -> result.setDouble(row, value));
        case BOOLEAN ->
            NumberText.decimal(text)
                .flatMap(NumberText::whole)
                .ifPresent(value -> Values.set(result, row, value > 0));
        default -> Values.set(result, row, text);
      }
    };
  }

  private static RowFunction query(List<Object> path) {
    return (a, row, result, losses) ->
        find(a, row, path)
            .ifPresent(
                found -> {
                  StringBuilder text = new StringBuilder();
                  if (found.token() == JsonToken.VALUE_STRING) {
                    JsonText.quote(text, found.text());
                  } else {
                    text.append(found.text());
                  }
                  Values.set(result, row, text.toString());
                });
  }

  private static RowFunction keys(List<Object> path) {
    return (a, row, result, losses) -> {
      Optional<JsonText.Found> found =
          find(a, row, path).filter(one -> one.token() == JsonToken.START_OBJECT);
      if (found.isEmpty()) {
        result.setNull(row);
        return;
      }
      ColumnVector[] inner = {new ColumnVector(result.type())};
      Values.set(inner[0], 0, found.get().text());
      Set<String> names = new LinkedHashSet<>();
      try (JsonParser parser = JsonText.parser(inner[0], 0)) {
        parser.nextToken();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          names.add(parser.currentName());
          parser.nextToken();
          parser.skipChildren();
        }
        set(result, row, names);
      } catch (IOException e) {
        result.setNull(row);
      }
    };
  }

  private static void set(ColumnVector result, int row, Iterable<String> texts) {
    StringBuilder array = new StringBuilder("[");
    for (String text : texts) {
      array.append(array.length() == 1 ? "" : ",");
      JsonText.quote(array, text);
    }
    Values.set(result, row, array.append(']').toString());
  }

  private static void paths(ColumnVector[] a, int row, ColumnVector result, Losses losses) {
    List<String> paths = new ArrayList<>();
    try (JsonParser parser = JsonText.parser(a[0], row)) {
      parser.nextToken();
      collect(parser, "$", paths);
      set(result, row, paths);
    } catch (IOException e) {
      result.setNull(row);
    }
    if (paths.size() == MAX_PATHS) {
      result.setNull(row);
      losses.add(row, Loss.ERROR, "JSON with " + MAX_PATHS + " paths or more");
    }
  }

  private static void collect(JsonParser parser, String path, List<String> paths)
      throws IOException {
    if (paths.size() == MAX_PATHS) {
      parser.skipChildren();
    } else if (parser.currentToken() == JsonToken.START_OBJECT) {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        boolean plain = name.matches("[A-Za-z_][A-Za-z0-9_]*");
        parser.nextToken();
        collect(parser, path + (plain ? "." + name : "['" + name + "']"), paths);
      }
    } else if (parser.currentToken() == JsonToken.START_ARRAY) {
      for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
        collect(parser, path + "[" + i + "]", paths);
      }
    } else {
      paths.add(path);
    }
  }

  private static void parse(ColumnVector[] a, int row, ColumnVector result, Losses losses) {
    try (JsonParser parser = JsonText.parser(a[0], row)) {
      if (parser.nextToken() != null) {
        String json = JsonText.copied(parser);
        if (parser.nextToken() == null) {
          Values.set(result, row, json);
          return;
        }
      }
    } catch (IOException e) {
      // Told below, as of a text with nothing or too much in it.
      result.setNull(row);
    }
    losses.add(row, Loss.ERROR, "the text is not JSON");
  }

  private static RowFunction object(List<ValueType> types) {
    return (a, row, result, losses) -> {
      StringBuilder json = new StringBuilder("{");
      for (int i = 0; i + 1 < a.length; i += 2) {
        if (a[i].isNull(row)) {
          losses.add(row, Loss.ERROR, "a member of a JSON object has no name");
          return;
        }
        json.append(i == 0 ? "" : ",");
        JsonText.quote(json, Values.text(a[i], row));
        json.append(':');
        JsonText.append(json, a[i + 1], row, types.get(i + 1));
      }
      Values.set(result, row, json.append('}').toString());
    };
  }
}
