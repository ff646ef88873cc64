package io.penstock.job.typed.parquet;

import io.penstock.job.typed.BoxedValue;
import io.penstock.job.typed.ColumnTarget;
import io.penstock.job.typed.ValueTarget;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;

/** Puts what parquet-java reads of a row to where its fields go. */
final class RowMaterializer extends RecordMaterializer<Integer> {
  private final Root root;
  private final ScalarConverter.Cursor cursor;

  RowMaterializer(FileColumns columns, ScalarConverter.Cursor cursor) {
    this.cursor = cursor;
    this.root = new Root(columns, cursor);
  }

  /** The row in the batch. */
  @Override
  public Integer getCurrentRecord() {
    return cursor.row;
  }

  @Override
  public GroupConverter getRootConverter() {
    return root;
  }

  private static final class Root extends GroupConverter {
    private final List<Converter> fields = new ArrayList<>();
    private final List<List<Object>> repeated = new ArrayList<>();
    private final List<List<ColumnTarget>> repeatedTargets = new ArrayList<>();
    private final ScalarConverter.Cursor cursor;

    Root(FileColumns columns, ScalarConverter.Cursor cursor) {
      this.cursor = cursor;
      GroupType type = columns.projection();
      NestedConverter nested = new NestedConverter(columns.binaryAsString());
      for (Type field : type.getFields()) {
        fields.add(field(columns, field, nested));
      }
    }

    private Converter field(FileColumns columns, Type field, NestedConverter nested) {
      List<ColumnTarget> targets = columns.targets(field.getName());
      if (field.isRepetition(Repetition.REPEATED)) {
        List<Object> elements = new ArrayList<>();
        repeated.add(elements);
        repeatedTargets.add(targets);
        return nested.of(field, elements::add);
      }
      if (field.isPrimitive() && targets.size() == 1) {
        ValueTarget target = targets.get(0);
        return new ScalarConverter(
            field.asPrimitiveType(), columns.binaryAsString(), target, cursor, () -> {});
      }
      return nested.of(
          field, value -> targets.forEach(target -> BoxedValue.put(value, target, cursor.row)));
    }

    @Override
    public Converter getConverter(int field) {
      return fields.get(field);
    }

    @Override
    public void start() {
      repeated.forEach(List::clear);
    }

    @Override
    public void end() {
      for (int i = 0; i < repeated.size(); i++) {
        for (ColumnTarget target : repeatedTargets.get(i)) {
          target.nested(cursor.row, repeated.get(i));
        }
      }
    }
  }
}
