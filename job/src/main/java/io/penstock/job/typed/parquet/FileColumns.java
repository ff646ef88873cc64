package io.penstock.job.typed.parquet;

import io.penstock.job.compress.UnreadableException;
import io.penstock.job.scan.FileColumn;
import io.penstock.job.scan.FileColumn.Stored;
import io.penstock.job.typed.ColumnTarget;
import io.penstock.job.typed.WantedColumn;
import io.penstock.spec.ColumnType;
import io.penstock.spec.export.TableColumn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;

/**
 * How the wanted columns of a file are read: straight into their vectors where they are stored as
 * what they are to be, and otherwise value by value.
 */
final class FileColumns {
  private final FileTypes types;
  private final boolean binaryAsString;
  private final String writer;
  private final Map<ColumnTarget, FileColumn> straight = new LinkedHashMap<>();
  private final Map<String, List<ColumnTarget>> converted = new LinkedHashMap<>();
  private final Set<Integer> leaves = new LinkedHashSet<>();
  private final MessageType projection;

  FileColumns(FileMetaData footer, boolean binaryAsString, List<WantedColumn> wanted)
      throws UnreadableException {
    this.types = FileTypes.of(footer.getSchema());
    this.binaryAsString = binaryAsString;
    this.writer = footer.isSetCreated_by() ? footer.getCreated_by() : "";
    for (WantedColumn column : wanted) {
      boolean once = wanted.stream().filter(o -> o.field().equals(column.field())).count() == 1;
      if (types.message().containsField(column.field())) {
        find(column, types.message().getType(column.field()), once);
      }
    }
    List<Type> fields = new ArrayList<>();
    converted.keySet().forEach(name -> fields.add(types.message().getType(name)));
    this.projection = new MessageType(types.message().getName(), fields);
    for (ColumnDescriptor column : projection.getColumns()) {
      leaves.add(types.leaf(column.getPath()));
    }
  }

  /**
   * @param once whether nothing else wants the field: it is read in one way only
   */
  private void find(WantedColumn wanted, Type type, boolean once) {
    Optional<Stored> stored =
        once && type.isPrimitive() && !type.isRepetition(Repetition.REPEATED)
            ? straight(wanted.target(), type.asPrimitiveType())
            : Optional.empty();
    if (stored.isEmpty()) {
      converted.computeIfAbsent(wanted.field(), name -> new ArrayList<>()).add(wanted.target());
      return;
    }
    int leaf = types.leaf(wanted.field());
    leaves.add(leaf);
    straight.put(
        wanted.target(),
        new FileColumn(
            new TableColumn(wanted.field(), 0, wanted.target().type()),
            leaf,
            type.isRepetition(Repetition.OPTIONAL),
            stored.get()));
  }

  /** Empty where a value must be looked at to be converted. */
  private Optional<Stored> straight(ColumnTarget target, PrimitiveType type) {
    ColumnType wanted = target.type();
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    boolean isWhole =
        logical == null || (logical instanceof IntLogicalTypeAnnotation one && one.isSigned());
    Stored stored =
        switch (type.getPrimitiveTypeName()) {
          case INT32 -> wanted == ColumnType.INT64 && isWhole ? Stored.INT32 : null;
          case INT64 -> wanted == ColumnType.INT64 && isWhole ? Stored.INT64 : null;
          case BOOLEAN -> wanted == ColumnType.INT64 ? Stored.BOOLEAN : null;
          case FLOAT -> wanted == ColumnType.DOUBLE ? Stored.FLOAT : null;
          case DOUBLE -> wanted == ColumnType.DOUBLE && !target.isSingle() ? Stored.DOUBLE : null;
          case BINARY ->
              wanted == ColumnType.STRING && ScalarConverter.isText(type, binaryAsString)
                  ? Stored.BYTES
                  : null;
          default -> null;
        };
    return Optional.ofNullable(stored);
  }

  /** Places, among the chunks of a row group, of what is read. */
  Set<Integer> leaves() {
    return leaves;
  }

  int leaf(ColumnDescriptor column) {
    return types.leaf(column.getPath());
  }

  /** Columns whose vectors are read as they are. */
  Map<ColumnTarget, FileColumn> straight() {
    return straight;
  }

  /** Where the fields of {@link #projection} go. */
  List<ColumnTarget> targets(String field) {
    return converted.get(field);
  }

  /** The fields that are read value by value. */
  MessageType projection() {
    return projection;
  }

  MessageType message() {
    return types.message();
  }

  /** Who wrote the file: some wrote one encoding wrongly. */
  String writer() {
    return writer;
  }

  boolean binaryAsString() {
    return binaryAsString;
  }
}
