package io.penstock.job.typed;

import io.penstock.spec.ColumnSource;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.Computation;
import io.penstock.spec.TransformSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * A field of an object's records that is read, and the column that takes it. Fields that an object
 * does not have are null in all its rows.
 *
 * @param field its name, case-sensitive
 */
public record WantedColumn(String field, ColumnTarget target) {
  /** Those that a transform reads. They are of one object: targets keep a batch. */
  public static List<WantedColumn> of(TransformSpec transform) {
    List<WantedColumn> wanted = new ArrayList<>();
    List<Computation.Input> inputs =
        transform.computation().map(Computation::inputs).orElse(List.of());
    int[] places = transform.inputPlaces();
    for (int i = 0; i < places.length; i++) {
      ColumnSpec column = inputs.get(i).column();
      if (column.source() instanceof ColumnSource.Field field) {
        wanted.add(
            new WantedColumn(field.name(), ColumnTarget.of(inputs.get(i).type(), places[i])));
      }
    }
    return wanted;
  }
}
