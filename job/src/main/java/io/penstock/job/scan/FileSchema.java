package io.penstock.job.scan;

import io.penstock.job.compress.UnreadableException;
import io.penstock.spec.export.TableColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.format.SchemaElement;

/** Finds columns in a file's schema: by field id where the file has ids, otherwise by name. */
final class FileSchema {
  private final List<SchemaElement> elements;
  private final List<Top> tops = new ArrayList<>();
  private int next = 1;
  private int leaves;

  FileSchema(List<SchemaElement> elements) {
    this.elements = elements;
    for (int i = 0; i < elements.get(0).getNum_children(); i++) {
      SchemaElement element = elements.get(next);
      int first = leaves;
      skip();
      tops.add(new Top(element, first));
    }
  }

  /**
   * A field of the top level.
   *
   * @param leaf the first of its columns
   */
  private record Top(SchemaElement element, int leaf) {}

  private void skip() {
    SchemaElement element = elements.get(next++);
    if (!isGroup(element)) {
      leaves++;
      return;
    }
    for (int i = 0; i < element.getNum_children(); i++) {
      skip();
    }
  }

  private static boolean isGroup(SchemaElement element) {
    return !element.isSetType();
  }

  private static boolean isColumn(SchemaElement element, TableColumn column, boolean hasIds) {
    if (hasIds && column.fieldId() > 0) {
      return element.isSetField_id() && element.getField_id() == column.fieldId();
    }
    return element.getName().equals(column.name());
  }

  /** Empty where the file has no such column: it is null in all rows. */
  List<Optional<FileColumn>> find(List<TableColumn> columns) throws UnreadableException {
    boolean hasIds = tops.stream().anyMatch(top -> top.element().isSetField_id());
    List<Optional<FileColumn>> found = new ArrayList<>();
    for (TableColumn column : columns) {
      Optional<Top> top =
          tops.stream().filter(one -> isColumn(one.element(), column, hasIds)).findFirst();
      if (top.isPresent() && isGroup(top.get().element())) {
        throw new UnreadableException("column " + column.name() + " is nested", null);
      }
      found.add(
          top.isEmpty()
              ? Optional.empty()
              : Optional.of(FileColumn.of(column, top.get().leaf(), top.get().element())));
    }
    return found;
  }
}
