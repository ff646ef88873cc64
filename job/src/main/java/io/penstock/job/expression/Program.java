package io.penstock.job.expression;

import io.penstock.job.record.ColumnVector;
import io.penstock.job.record.RowBatch;
import io.penstock.spec.ColumnType;
import io.penstock.spec.Computation;
import io.penstock.spec.expression.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A {@link Computation}, made once and run for every batch: inputs are read, rows filtered, columns
 * computed. The same batch always gives the same outcome. Of one thread.
 */
public final class Program {
  private final int[] places;
  private final ColumnVector[] read;
  private final ColumnVector[] inputs;
  private final List<Optional<Node>> readers = new ArrayList<>();
  private final Optional<Node> filter;
  private final List<Node> mappings = new ArrayList<>();
  private final boolean[] kept = new boolean[RowBatch.CAPACITY];
  private final boolean[] refused = new boolean[RowBatch.CAPACITY];
  private final Rows rows = new Rows();
  private RowBatch batch;
  private Refusals refusals;
  private final Losses warnings = new Losses((row, loss, reason) -> batch.warn(row));
  private final Losses refusing = new Losses(this::refuse);

  /**
   * @param firstInput the index of the first input among a batch's columns; computed ones are the
   *     first columns
   */
  public Program(Computation computation, int firstInput) {
    this(
        computation,
        IntStream.range(firstInput, firstInput + computation.inputs().size()).toArray());
  }

  /**
   * @param places of the inputs among a batch's columns; computed ones are the first columns, and
   *     may be inputs where they are but taken over
   */
  public Program(Computation computation, int[] places) {
    this.places = places.clone();
    this.read = new ColumnVector[computation.inputs().size()];
    this.inputs = new ColumnVector[read.length];
    for (int i = 0; i < read.length; i++) {
      readers.add(reader(computation.inputs().get(i), i));
    }
    Compiler compiler = new Compiler(inputs, unsigned(computation));
    this.filter = computation.filter().map(compiler::compile);
    for (Expression mapping : computation.mappings()) {
      // What is but taken over may be more than expressions see.
      mappings.add(
          mapping instanceof Expression.Input input
              ? new InputNode(inputs, input.index())
              : compiler.compile(mapping));
    }
  }

  private static boolean[] unsigned(Computation computation) {
    boolean[] unsigned = new boolean[computation.inputs().size()];
    for (int i = 0; i < unsigned.length; i++) {
      unsigned[i] = computation.inputs().get(i).column().type() == ColumnType.UINT64;
    }
    return unsigned;
  }

  /** Takes rows that cannot be filtered. */
  public interface Refusals {
    /** At most once for a row of a batch. */
    void refuse(int row, String reason);
  }

  /** Empty if a column is what expressions are to see. */
  private Optional<Node> reader(Computation.Input input, int index) {
    // Of an array the column has the JSON, whatever it is.
    if (input.type().isHeldBy(input.column().type()) && !input.type().isArray()) {
      return Optional.empty();
    }
    return Optional.of(
        new StrictNode(
            List.of(new InputNode(read, index)),
            InputReading.of(input.type()),
            input.type().columnType(),
            false));
  }

  /** Filters a batch's rows and computes its columns. */
  public void run(RowBatch newBatch, Refusals newRefusals) {
    batch = newBatch;
    refusals = newRefusals;
    rows.show(batch.selected(), batch.selectedRows());
    readInputs();
    filter.ifPresent(this::filterRows);
    rows.show(batch.selected(), batch.selectedRows());
    compute();
  }

  private void readInputs() {
    for (int i = 0; i < read.length; i++) {
      read[i] = batch.column(places[i]);
      inputs[i] = readers.get(i).map(node -> node.evaluate(rows, warnings)).orElse(read[i]);
    }
  }

  private void filterRows(Node condition) {
    java.util.Arrays.fill(kept, false);
    java.util.Arrays.fill(refused, false);
    ColumnVector values = condition.evaluate(rows, refusing);
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      kept[row] = refused[row] || (!values.isNull(row) && values.longAt(row) != 0);
    }
    batch.select(kept);
  }

  /** A conversion that fails in a filter is but a null. */
  private void refuse(int row, Loss loss, String reason) {
    if (loss == Loss.ERROR && !refused[row]) {
      refused[row] = true;
      refusals.refuse(row, reason);
    }
  }

  private void compute() {
    for (int i = 0; i < mappings.size(); i++) {
      batch.replace(i, mappings.get(i).evaluate(rows, warnings));
    }
  }
}
