package io.penstock.job.expression;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.penstock.job.record.ColumnVector;
import io.penstock.spec.expression.Expression;
import io.penstock.spec.expression.ValueType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Functions of arrays, whose elements are taken as the JSON that they are written with. */
final class Arrays {
  private Arrays() {}

  static RowFunction of(Expression.Call call) {
    List<ValueType> types = call.arguments().stream().map(Expression::type).toList();
    return switch (call.function()) {
      case ARRAY ->
          (a, row, result, losses) -> {
            List<String> elements = new ArrayList<>();
            for (int i = 0; i < a.length; i++) {
              elements.add(element(a[i], row, types.get(i)));
            }
            set(result, row, elements);
          };
      case STRING_TO_ARRAY -> Arrays::split;
      case ARRAY_TO_STRING -> Arrays::join;
      case ARRAY_LENGTH ->
          (a, row, result, losses) -> result.setLong(row, elements(a[0], row).size());
      case ARRAY_OFFSET -> (a, row, result, losses) -> at(a, row, 0, result);
      case ARRAY_ORDINAL -> (a, row, result, losses) -> at(a, row, 1, result);
      case ARRAY_CONTAINS ->
          (a, row, result, losses) ->
              Values.set(result, row, elements(a[0], row).containsAll(given(a, row, 1, types)));
      case ARRAY_OVERLAP ->
          (a, row, result, losses) -> {
            List<String> common = elements(a[0], row);
            common.retainAll(elements(a[1], row));
            Values.set(result, row, !common.isEmpty());
          };
      case ARRAY_CONCAT, ARRAY_APPEND, ARRAY_PREPEND ->
          (a, row, result, losses) -> {
            List<String> both = given(a, row, 0, types);
            both.addAll(given(a, row, 1, types));
            set(result, row, both);
          };
      case ARRAY_SLICE -> Arrays::slice;
      default -> throw new IllegalArgumentException("not of arrays: " + call.function());
    };
  }

  private static String element(ColumnVector values, int row, ValueType type) {
    StringBuilder json = new StringBuilder();
    JsonText.append(json, values, row, type);
    return json.toString();
  }

  /** An array's elements, or the value itself as one. */
  private static List<String> given(ColumnVector[] a, int row, int index, List<ValueType> types) {
    return types.get(index).isArray()
        ? elements(a[index], row)
        : new ArrayList<>(List.of(element(a[index], row, types.get(index))));
  }

  private static List<String> elements(ColumnVector values, int row) {
    List<String> elements = new ArrayList<>();
    try (JsonParser parser = JsonText.parser(values, row)) {
      parser.nextToken();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        elements.add(JsonText.copied(parser));
      }
    } catch (IOException e) {
      throw new IllegalStateException("an array is written as JSON", e);
    }
    return elements;
  }

  private static void set(ColumnVector result, int row, List<String> elements) {
    Values.set(result, row, "[" + String.join(",", elements) + "]");
  }

  private static void split(ColumnVector[] a, int row, ColumnVector result, Losses losses) {
    String text = Values.text(a[0], row);
    String delimiter = Values.text(a[1], row);
    List<String> elements = new ArrayList<>();
    String[] parts =
        delimiter.isEmpty() ? new String[] {text} : text.split(Pattern.quote(delimiter), -1);
    for (String part : parts) {
      StringBuilder json = new StringBuilder();
      JsonText.quote(json, part);
      elements.add(json.toString());
    }
    set(result, row, elements);
  }

  /** Nulls are left out. */
  private static void join(ColumnVector[] a, int row, ColumnVector result, Losses losses) {
    List<String> texts = new ArrayList<>();
    try (JsonParser parser = JsonText.parser(a[0], row)) {
      parser.nextToken();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (parser.currentToken() != JsonToken.VALUE_NULL) {
          texts.add(parser.getText());
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("an array is written as JSON", e);
    }
    Values.set(result, row, String.join(Values.text(a[1], row), texts));
  }

  /** Out of range is null. */
  private static void at(ColumnVector[] a, int row, int first, ColumnVector result) {
    List<String> elements = elements(a[0], row);
    long index = a[1].longAt(row) - first;
    if (index < 0 || index >= elements.size() || elements.get((int) index).equals("null")) {
      result.setNull(row);
      return;
    }
    try (JsonParser parser = JsonText.parser(elements.get((int) index))) {
      parser.nextToken();
      switch (result.type()) {
        case INT64 -> result.setLong(row, parser.getLongValue());
        case DOUBLE ->
            result.setDouble(
                row,
                parser.currentToken() == JsonToken.VALUE_STRING
                    ? Double.parseDouble(parser.getText())
                    : parser.getDoubleValue());
        default -> Values.set(result, row, parser.getText());
      }
    } catch (IOException e) {
      throw new IllegalStateException("an array is written as JSON", e);
    }
  }

  /** From and to are counted from 0, and to is not in it; out of range is null. */
  private static void slice(ColumnVector[] a, int row, ColumnVector result, Losses losses) {
    List<String> elements = elements(a[0], row);
    long from = a[1].longAt(row);
    long to = a.length > 2 ? a[2].longAt(row) : elements.size();
    if (from < 0 || from > to || to > elements.size()) {
      result.setNull(row);
    } else {
      set(result, row, elements.subList((int) from, (int) to));
    }
  }
}
