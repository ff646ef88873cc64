package io.penstock.job.decode;

import io.penstock.job.expression.Program;
import io.penstock.job.record.RowBatch;
import io.penstock.spec.RejectCode;
import io.penstock.spec.TransformSpec;
import java.util.List;

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
    int inputs = transform.computation().get().inputs().size();
    int firstInput = transform.convertedColumns().size() - inputs;
    return List.of(new ComputeColumns(new Program(transform.computation().get(), firstInput)));
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
