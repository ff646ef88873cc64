package io.penstock.job.typed.parquet;

import io.penstock.job.compress.UnreadableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/** What a footer says of a file's columns, as parquet-java's types. */
final class FileTypes {
  private static final int MAX_DEPTH = 100;

  private final List<SchemaElement> elements;
  private final Map<List<String>, Integer> leaves = new HashMap<>();
  private final List<String> path = new ArrayList<>();
  private int next = 1;
  private MessageType message;

  private FileTypes(List<SchemaElement> elements) {
    this.elements = elements;
  }

  static FileTypes of(List<SchemaElement> elements) throws UnreadableException {
    FileTypes types = new FileTypes(elements);
    try {
      SchemaElement root = elements.get(0);
      types.message = new MessageType(root.getName(), types.children(root, 0));
      if (types.next != elements.size()) {
        throw new UnreadableException("its schema has more fields than it says", null);
      }
    } catch (RuntimeException e) {
      throw new UnreadableException("its schema cannot be read: " + e.getMessage(), e);
    }
    return types;
  }

  MessageType message() {
    return message;
  }

  /** A column's place among the chunks of each row group. */
  int leaf(String... columnPath) {
    return leaves.get(List.of(columnPath));
  }

  private List<Type> children(SchemaElement parent, int depth) {
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException("it is nested too deeply");
    }
    List<Type> children = new ArrayList<>();
    for (int i = 0; i < parent.getNum_children(); i++) {
      children.add(type(elements.get(next++), depth));
    }
    return children;
  }

  private Type type(SchemaElement element, int depth) {
    path.add(element.getName());
    Repetition repetition = Repetition.valueOf(element.getRepetition_type().name());
    Type type;
    if (element.isSetType()) {
      leaves.put(List.copyOf(path), leaves.size());
      type = primitive(element, repetition);
    } else {
      Type[] children = children(element, depth + 1).toArray(Type[]::new);
      type =
          Types.buildGroup(repetition)
              .addFields(children)
              .as(LogicalTypes.of(element).orElse(null))
              .named(element.getName());
    }
    path.remove(path.size() - 1);
    return type;
  }

  /** An annotation that does not fit the type says nothing. */
  private static PrimitiveType primitive(SchemaElement element, Repetition repetition) {
    PrimitiveTypeName name =
        switch (element.getType()) {
          case BOOLEAN -> PrimitiveTypeName.BOOLEAN;
          case INT32 -> PrimitiveTypeName.INT32;
          case INT64 -> PrimitiveTypeName.INT64;
          case INT96 -> PrimitiveTypeName.INT96;
          case FLOAT -> PrimitiveTypeName.FLOAT;
          case DOUBLE -> PrimitiveTypeName.DOUBLE;
          case BYTE_ARRAY -> PrimitiveTypeName.BINARY;
          case FIXED_LEN_BYTE_ARRAY -> PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
        };
    LogicalTypeAnnotation logical = LogicalTypes.of(element).orElse(null);
    try {
      return primitive(element, repetition, name, logical);
    } catch (IllegalArgumentException | IllegalStateException e) {
      return primitive(element, repetition, name, null);
    }
  }

  private static PrimitiveType primitive(
      SchemaElement element,
      Repetition repetition,
      PrimitiveTypeName name,
      LogicalTypeAnnotation logical) {
    return Types.primitive(name, repetition)
        .length(element.isSetType_length() ? element.getType_length() : 0)
        .as(logical)
        .named(element.getName());
  }
}
