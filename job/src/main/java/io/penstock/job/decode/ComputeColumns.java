package io.penstock.job.decode;

import io.penstock.job.expression.Program;
import io.penstock.job.record.RowBatch;
import io.penstock.spec.RejectCode;
import io.penstock.spec.TransformSpec;
import java.util.List;
import java.util.stream.Stream;

/** Filters rows and computes columns by a transform's expressions. */
final class ComputeColumns implements BatchStep {
  private final Program program;

  private ComputeColumns(Program program) {
    this.program = program;
  }

  /** None if the transform computes nothing. */
  static List<BatchStep> steps(TransformSpec transform) {
    if (transform.computation().isEmpty()) {
      return BatchStep.NONE;
    }
    BatchStep compute =
        new ComputeColumns(new Program(transform.computation().get(), transform.inputPlaces()));
    return Stream.concat(Stream.of(compute), ComputedLimits.of(transform).stream()).toList();
  }

  @Override
  public void apply(RowBatch batch, Rejections rejections) {
    program.run(
        batch,
        (row, reason) ->
            rejections.reject(
                row,
                RowRejected.record(
                    RejectCode.EXPRESSION_ERROR, "the filter cannot be computed: " + reason)));
  }
}
