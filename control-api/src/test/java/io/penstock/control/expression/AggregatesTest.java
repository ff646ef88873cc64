package io.penstock.control.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.job.expression.Program;
import io.penstock.job.record.RowBatch;
import io.penstock.spec.Computation;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which function of which values an aggregation is, seen in {@link Evaluated}'s row. */
final class AggregatesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "COUNT(*) | COUNT BIGINT 1",
        "count( * ) | COUNT BIGINT 1",
        "COUNT(s) | COUNT BIGINT 1",
        "COUNT(nothing) | COUNT BIGINT null",
        "COUNT(NULL) | COUNT BIGINT null",
        "COUNT(7) | COUNT BIGINT 1",
        "COUNT(j) | COUNT BIGINT 1",
        "SUM(n) | SUM BIGINT 7",
        "SUM(n * 2) | SUM BIGINT 14",
        "SUM(d) | SUM DOUBLE 2.5",
        "SUM(f) | SUM DOUBLE 0.10000000149011612",
        "SUM(nn) | SUM BIGINT null",
        "SUM(NULL) | SUM BIGINT null",
        "SUM(CASE WHEN b THEN n END) | SUM BIGINT 7",
        "MIN(n) | MIN BIGINT 7",
        "MIN(f) | MIN FLOAT 0.10000000149011612",
        "MAX(d) | MAX DOUBLE 2.5",
        "MAX(ts) | MAX BIGINT 1709214306789",
        "MIN(TIME_FLOOR(ts, 'P1D')) | MIN BIGINT 1709164800000",
        "SUM(n) FILTER (WHERE m < 0) | SUM BIGINT 7",
        "SUM(n) FILTER (WHERE m > 0) | SUM BIGINT null",
        "COUNT(*) FILTER (WHERE nn > 0) | COUNT BIGINT null",
        "COUNT(*) FILTER (WHERE NULL) | COUNT BIGINT null",
        "MAX(d) FILTER (WHERE b) | MAX DOUBLE 2.5",
        "SUM(s) | 1:5 SUM takes a number but is given VARCHAR.",
        "SUM(ts) | 1:5 SUM takes a number but is given TIMESTAMP.",
        "SUM(b) | 1:5 SUM takes a number but is given BOOLEAN.",
        "MIN(s) | 1:5 MIN takes a number but is given VARCHAR.",
        "MAX(*) | 1:1 MAX takes an expression, not *.",
        "COUNT(n, m) | 1:1 COUNT takes 1 argument, not 2.",
        "COUNT(DISTINCT n) | 1:1 later COUNT(DISTINCT …) is not supported.",
        "SUM(SUM(n)) | 1:5 SUM must be the outermost call of a mapping, if anything.",
        "SUM(n) FILTER (WHERE n) | 1:22 FILTER takes BOOLEAN but is given BIGINT.",
        "ABS(n) FILTER (WHERE b) | 1:1 FILTER stands behind an aggregate function.",
        "AVG(n) | 1:1 An average cannot be merged with others. Store SUM and COUNT of the values.",
        "APPROX_COUNT_DISTINCT(n) | 1:1 later APPROX_COUNT_DISTINCT is not supported. Use COUNT,"
            + " SUM, MIN or MAX.",
        "ANY_VALUE(n) | 1:1 later ANY_VALUE is not supported. Use COUNT, SUM, MIN or MAX.",
      })
  void isOneOfMany(String sql, String expected) {
    assertThat(shown(Evaluated.PARSER.parseColumn(sql, Evaluated.SCHEMA))).isEqualTo(expected);
  }

  private static String shown(Parsed parsed) {
    if (parsed instanceof Parsed.Aggregated aggregated) {
      Computation computation =
          Evaluated.computation(Optional.empty(), List.of(aggregated.argument()));
      RowBatch batch = Evaluated.batch(computation, List.<String[]>of(Evaluated.ROW));
      new Program(computation, 1).run(batch, (row, reason) -> {});
      return "%s %s %s"
          .formatted(
              aggregated.function(),
              aggregated.argument().type(),
              Evaluated.shown(batch.column(0), aggregated.argument().type(), 0));
    }
    Parsed.Problem problem = ((Parsed.Invalid) parsed).problems().get(0);
    return "%d:%d %s%s"
        .formatted(
            problem.line(), problem.column(), problem.later() ? "later " : "", problem.message());
  }
}
