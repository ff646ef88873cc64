package io.penstock.job.typed.parquet;

import io.penstock.job.typed.BoxedValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapLogicalTypeAnnotation;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;

/**
 * Makes objects of groups: a list of what the file calls a list, a map of what it calls a map or of
 * a group's fields. A field that repeats without being called a list is one all the same.
 */
final class NestedConverter {
  private final boolean binaryAsString;

  NestedConverter(boolean binaryAsString) {
    this.binaryAsString = binaryAsString;
  }

  /**
   * Of a field in a group.
   *
   * @param to takes each value; of one that repeats each of its values
   */
  Converter of(Type type, Consumer<Object> to) {
    if (type.isPrimitive()) {
      BoxedValue box = new BoxedValue();
      return new ScalarConverter(
          type.asPrimitiveType(),
          binaryAsString,
          box,
          new ScalarConverter.Cursor(),
          () -> to.accept(box.take()));
    }
    GroupType group = type.asGroupType();
    if (isList(group)) {
      return new ListGroup(group, to);
    }
    return isMap(group) ? new MapGroup(group, to) : new FieldsGroup(group, to);
  }

  private static boolean isList(GroupType group) {
    return group.getLogicalTypeAnnotation() instanceof ListLogicalTypeAnnotation
        && group.getFieldCount() == 1
        && group.getType(0).isRepetition(Repetition.REPEATED);
  }

  private static boolean isMap(GroupType group) {
    return group.getLogicalTypeAnnotation() instanceof MapLogicalTypeAnnotation
        && group.getFieldCount() == 1
        && group.getType(0).isRepetition(Repetition.REPEATED)
        && !group.getType(0).isPrimitive()
        && group.getType(0).asGroupType().getFieldCount() == 2;
  }

  /** Old writers repeated the element itself; new ones a group around it. */
  private static boolean isElement(Type repeated, GroupType list) {
    return repeated.isPrimitive()
        || repeated.asGroupType().getFieldCount() != 1
        || repeated.getName().equals("array")
        || repeated.getName().equals(list.getName() + "_tuple");
  }

  private final class ListGroup extends GroupConverter {
    private final Converter repeated;
    private final Consumer<Object> to;
    private List<Object> elements;

    ListGroup(GroupType list, Consumer<Object> to) {
      this.to = to;
      Type one = list.getType(0);
      this.repeated =
          isElement(one, list)
              ? of(one, element -> elements.add(element))
              : new Around(one.asGroupType().getType(0), element -> elements.add(element));
    }

    @Override
    public Converter getConverter(int field) {
      return repeated;
    }

    @Override
    public void start() {
      elements = new ArrayList<>();
    }

    @Override
    public void end() {
      to.accept(elements);
    }
  }

  /** A group that is there so that what it has may be null. */
  private final class Around extends GroupConverter {
    private final Converter inner;
    private final Consumer<Object> to;
    private Object value;

    Around(Type type, Consumer<Object> to) {
      this.to = to;
      this.inner = of(type, one -> value = one);
    }

    @Override
    public Converter getConverter(int field) {
      return inner;
    }

    @Override
    public void start() {
      value = null;
    }

    @Override
    public void end() {
      to.accept(value);
    }
  }

  private final class MapGroup extends GroupConverter {
    private final Converter entry;
    private final Consumer<Object> to;
    private Map<Object, Object> entries;

    MapGroup(GroupType map, Consumer<Object> to) {
      this.to = to;
      GroupType pair = map.getType(0).asGroupType();
      String key = pair.getType(0).getName();
      String value = pair.getType(1).getName();
      this.entry =
          new FieldsGroup(
              pair, fields -> entries.put(((Map<?, ?>) fields).get(key), valueOf(fields, value)));
    }

    private static Object valueOf(Object fields, String name) {
      return ((Map<?, ?>) fields).get(name);
    }

    @Override
    public Converter getConverter(int field) {
      return entry;
    }

    @Override
    public void start() {
      entries = new LinkedHashMap<>();
    }

    @Override
    public void end() {
      to.accept(entries);
    }
  }

  private final class FieldsGroup extends GroupConverter {
    private final Converter[] fields;
    private final GroupType group;
    private final Consumer<Object> to;
    private Map<String, Object> values;

    FieldsGroup(GroupType group, Consumer<Object> to) {
      this.group = group;
      this.to = to;
      this.fields = new Converter[group.getFieldCount()];
      for (int i = 0; i < fields.length; i++) {
        fields[i] = field(group.getType(i));
      }
    }

    private Converter field(Type type) {
      String name = type.getName();
      return type.isRepetition(Repetition.REPEATED)
          ? of(type, value -> repeated(name).add(value))
          : of(type, value -> values.put(name, value));
    }

    private List<Object> repeated(String name) {
      @SuppressWarnings("unchecked")
      List<Object> list = (List<Object>) values.get(name);
      return list;
    }

    @Override
    public Converter getConverter(int field) {
      return fields[field];
    }

    /** In the order of the schema, also those that turn out to be null. */
    @Override
    public void start() {
      values = new LinkedHashMap<>();
      for (Type type : group.getFields()) {
        boolean repeats = type.isRepetition(Repetition.REPEATED);
        values.put(type.getName(), repeats ? new ArrayList<>() : null);
      }
    }

    @Override
    public void end() {
      to.accept(values);
    }
  }
}
