package io.penstock.spec;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.penstock.spec.expression.Expression;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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
      checkRules(rowRules.get(), columns, timeColumn);
    }
    if (computation.isPresent()) {
      checkComputation(computation.get(), columns);
    }
    Check.that(
        !format.typed() || computation.isPresent(), "columns of typed values must be computed");
    if (rollup.isPresent()) {
      rollup.get().check(columns, timeColumn);
    }
    Check.that(timeColumnFound, "timeColumn must name a timestamp column but was %s", timeColumn);
  }

  private static void checkRules(RowRules rules, List<ColumnSpec> columns, String timeColumn) {
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

  private static void checkComputation(Computation computation, List<ColumnSpec> columns) {
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
        && isSame(column, computation.inputs().get(input.index()).column());
  }

  private static boolean isSame(ColumnSpec column, ColumnSpec input) {
    return column.withFieldId(0).equals(input.withFieldId(0));
  }

  private static boolean takes(ColumnSpec column, String name) {
    return column.name().equals(name)
        && column.source() instanceof ColumnSource.None
        && (column.type() == ColumnType.STRING || column.type() == ColumnType.JSON);
  }

  /**
   * For a table that has some of the columns already: signed or unsigned whole numbers are as they
   * are there, because no table's column can become the other. What is summed up is signed.
   */
  public TransformSpec withWholes(Map<String, ColumnType> types) {
    if (rollup.isPresent()) {
      return this;
    }
    List<ColumnSpec> there = columns.stream().map(column -> there(column, types)).toList();
    return new TransformSpec(
        format,
        layers,
        there,
        timeColumn,
        nullValues,
        rowRules,
        computation.map(
            c ->
                new Computation(
                    c.inputs().stream()
                        .map(
                            input ->
                                columns.stream().anyMatch(one -> isSame(one, input.column()))
                                    ? new Computation.Input(
                                        there(input.column(), types), input.type())
                                    : input)
                        .toList(),
                    c.filter(),
                    c.mappings())),
        rollup);
  }

  private static ColumnSpec there(ColumnSpec column, Map<String, ColumnType> types) {
    ColumnType type = types.getOrDefault(column.name(), column.type());
    return type.isLong() && column.type().isLong() ? column.asWhole(type) : column;
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
      if (isSame(columns.get(i), input.column())) {
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
