package io.penstock.spec;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How input records become rows.
 *
 * @param layers how the objects are compressed, in the order in which it is undone; one layer is
 *     written as it was before there could be several
 * @param timeColumn the name of the timestamp column that decides a row's partition; a row without
 *     it is rejected
 * @param nullValues input texts that mean null in every column
 * @param rowRules absent if there are none
 * @param computation absent if columns come straight from the record; otherwise columns have no
 *     source, but for those that are an input as it was read
 * @param rollup absent if every row is written as it is
 */
public record TransformSpec(
    RecordFormat format,
    @JsonProperty("compression")
        @JsonFormat(
            with = {
              JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY,
              JsonFormat.Feature.WRITE_SINGLE_ELEM_ARRAYS_UNWRAPPED
            })
        List<Compression> layers,
    List<ColumnSpec> columns,
    String timeColumn,
    List<String> nullValues,
    Optional<RowRules> rowRules,
    Optional<Computation> computation,
    Optional<Rollup> rollup) {
  /** Each layer takes a decoder's memory. */
  public static final int MAX_LAYERS = 8;

  public TransformSpec {
    Check.that(format != null, "format must be given");
    layers = List.copyOf(layers);
    Check.that(
        !layers.isEmpty() && layers.size() <= MAX_LAYERS,
        "layers must be 1 to %d but were %d",
        MAX_LAYERS,
        layers.size());
    columns = List.copyOf(columns);
    nullValues = List.copyOf(nullValues);
    Check.that(!columns.isEmpty(), "columns must not be empty");
    Set<String> names = new HashSet<>();
    boolean timeColumnFound = false;
    for (ColumnSpec column : columns) {
      Check.that(names.add(column.name()), "column %s must occur once", column.name());
      timeColumnFound |= column.name().equals(timeColumn) && column.type() == ColumnType.TIMESTAMP;
    }
    if (rowRules.isPresent()) {
      TransformChecks.check(rowRules.get(), columns, timeColumn);
    }
    if (computation.isPresent()) {
      TransformChecks.check(computation.get(), columns);
    }
    Check.that(
        !format.typed() || computation.isPresent(), "columns of typed values must be computed");
    if (rollup.isPresent()) {
      rollup.get().check(columns, timeColumn);
    }
    Check.that(timeColumnFound, "timeColumn must name a timestamp column but was %s", timeColumn);
  }

  /** Every row is written as it is. */
  public TransformSpec(
      RecordFormat format,
      List<Compression> layers,
      List<ColumnSpec> columns,
      String timeColumn,
      List<String> nullValues,
      Optional<RowRules> rowRules,
      Optional<Computation> computation) {
    this(format, layers, columns, timeColumn, nullValues, rowRules, computation, Optional.empty());
  }

  /** Without a computation. */
  public TransformSpec(
      RecordFormat format,
      List<Compression> layers,
      List<ColumnSpec> columns,
      String timeColumn,
      List<String> nullValues,
      Optional<RowRules> rowRules) {
    this(format, layers, columns, timeColumn, nullValues, rowRules, Optional.empty());
  }

  /** Of one layer, without a computation. */
  public TransformSpec(
      RecordFormat format,
      Compression compression,
      List<ColumnSpec> columns,
      String timeColumn,
      List<String> nullValues,
      Optional<RowRules> rowRules) {
    this(format, List.of(compression), columns, timeColumn, nullValues, rowRules);
  }

  /** Of one layer, and without rules for rows. */
  public TransformSpec(
      RecordFormat format,
      Compression compression,
      List<ColumnSpec> columns,
      String timeColumn,
      List<String> nullValues) {
    this(format, List.of(compression), columns, timeColumn, nullValues, Optional.empty());
  }

  public TransformSpec withColumns(List<ColumnSpec> newColumns) {
    return new TransformSpec(
        format, layers, newColumns, timeColumn, nullValues, rowRules, computation, rollup);
  }

  public TransformSpec withRowRules(RowRules rules) {
    return new TransformSpec(
        format, layers, columns, timeColumn, nullValues, Optional.of(rules), computation, rollup);
  }

  public TransformSpec withRollup(Rollup newRollup) {
    return new TransformSpec(
        format,
        layers,
        columns,
        timeColumn,
        nullValues,
        rowRules,
        computation,
        Optional.of(newRollup));
  }

  /** As it is for a task planned then, see {@link TimeLimits#maxAhead}. */
  public TransformSpec plannedAt(Instant planned) {
    return withColumns(columns.stream().map(column -> column.plannedAt(planned)).toList());
  }

  /** The rules for rows, if there are any or not. */
  public RowRules effectiveRowRules() {
    return rowRules.orElse(RowRules.NONE);
  }

  /**
   * Those that are written, and behind them those that are only converted, last the inputs that are
   * none of them.
   */
  public List<ColumnSpec> convertedColumns() {
    List<ColumnSpec> all = readColumns();
    computation.ifPresent(
        c ->
            c.inputs().stream()
                .filter(input -> place(input, all) < 0)
                .forEach(input -> all.add(input.column())));
    return List.copyOf(all);
  }

  private List<ColumnSpec> readColumns() {
    List<ColumnSpec> all = new ArrayList<>(columns);
    all.addAll(effectiveRowRules().unstored());
    return all;
  }

  private static int place(Computation.Input input, List<ColumnSpec> columns) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).readsSameAs(input.column())) {
        return i;
      }
    }
    return -1;
  }

  /** The place of each of the computation's inputs among {@link #convertedColumns()}. */
  public int[] inputPlaces() {
    List<ColumnSpec> read = readColumns();
    List<Computation.Input> inputs = computation.map(Computation::inputs).orElse(List.of());
    int next = read.size();
    int[] places = new int[inputs.size()];
    for (int i = 0; i < places.length; i++) {
      int place = place(inputs.get(i), read);
      places[i] = place < 0 ? next++ : place;
    }
    return places;
  }

  /** The place of the time column in {@link #columns()}. */
  public int timeColumnIndex() {
    return columnIndex(timeColumn);
  }

  /** The place of a column in {@link #columns()}. */
  public int columnIndex(String name) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(name)) {
        return i;
      }
    }
    throw new IllegalStateException("no column " + name);
  }
}
