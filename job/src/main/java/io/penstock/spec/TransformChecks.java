package io.penstock.spec;

import io.penstock.spec.expression.Expression;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Whether the parts of a {@link TransformSpec} go together. */
final class TransformChecks {
  private TransformChecks() {}

  static void check(RowRules rules, List<ColumnSpec> columns, String timeColumn) {
    Set<String> names = new HashSet<>();
    columns.forEach(column -> names.add(column.name()));
    for (ColumnSpec column : rules.unstored()) {
      Check.that(names.add(column.name()), "column %s must occur once", column.name());
    }
    for (String taker :
        Stream.concat(rules.catchAll().stream(), rules.catchRejects().stream()).toList()) {
      Check.that(
          !taker.equals(timeColumn) && columns.stream().anyMatch(c -> takes(c, taker)),
          "a column that catches must be of text or JSON and have no source but was %s",
          taker);
    }
  }

  static void check(Computation computation, List<ColumnSpec> columns) {
    Check.that(
        computation.mappings().size() == columns.size(),
        "mappings must be as many as the %d columns but were %d",
        columns.size(),
        computation.mappings().size());
    for (int i = 0; i < columns.size(); i++) {
      ColumnSpec column = columns.get(i);
      ColumnRules rules = column.effectiveRules();
      Check.that(
          isTakenOver(column, computation.mappings().get(i), computation)
              || (column.source() instanceof ColumnSource.None
                  && column.defaultValue().isEmpty()
                  && rules.elements().isEmpty()
                  && !rules.denullify()),
          "column %s is computed and must have neither source, default nor rules but of time",
          column.name());
      Check.that(
          column.type() != ColumnType.INT32 || column.range().isPresent(),
          "range of %s must be given, because it is computed",
          column.name());
      Check.that(
          computation.mappings().get(i).type().isHeldBy(column.type()),
          "the mapping of column %s must give %s but gives %s",
          column.name(),
          column.type(),
          computation.mappings().get(i).type());
    }
  }

  /** Whether a column is what was read of the record, by its own rules. */
  private static boolean isTakenOver(
      ColumnSpec column, Expression mapping, Computation computation) {
    return mapping instanceof Expression.Input input
        && column.readsSameAs(computation.inputs().get(input.index()).column());
  }

  private static boolean takes(ColumnSpec column, String name) {
    return column.name().equals(name)
        && column.source() instanceof ColumnSource.None
        && (column.type() == ColumnType.STRING || column.type() == ColumnType.JSON);
  }
}
