package io.penstock.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/**
 * What is done with a record beside converting its columns.
 *
 * @param unstored columns that are converted, so that their values can be rejected, but not written
 * @param claimed sources of fields that no column reads, but which are known none the less
 * @param catchAll the column that takes the fields nothing claims: one JSON object of them, as text
 *     in a {@link ColumnType#STRING} column, of texts in a {@link ColumnType#JSON} one; without
 *     fields it is null
 * @param catchRejects the column that takes, in the same form and by the name of their columns,
 *     values that could not be converted; those become null. The time column's value always rejects
 * @param spans of the time column; rows in none of them are filtered; empty keeps all
 */
public record RowRules(
    List<ColumnSpec> unstored,
    List<ColumnSource> claimed,
    Optional<String> catchAll,
    Optional<String> catchRejects,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<TimeSpan> spans) {
  /** Nothing. */
  public static final RowRules NONE =
      new RowRules(List.of(), List.of(), Optional.empty(), Optional.empty(), List.of());

  public RowRules {
    unstored = List.copyOf(unstored);
    claimed = List.copyOf(claimed);
    // Absent in what was written before there were any.
    spans = spans == null ? List.of() : List.copyOf(spans);
    Check.that(
        catchAll.isEmpty() || !catchAll.equals(catchRejects),
        "catchAll and catchRejects must not both be %s",
        catchAll);
  }

  /** Rows of any time are kept. */
  public RowRules(
      List<ColumnSpec> unstored,
      List<ColumnSource> claimed,
      Optional<String> catchAll,
      Optional<String> catchRejects) {
    this(unstored, claimed, catchAll, catchRejects, List.of());
  }
}
