package io.penstock.job.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.job.record.ColumnVector;
import io.penstock.job.record.RowBatch;
import io.penstock.spec.ColumnSource;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnType;
import io.penstock.spec.Computation;
import io.penstock.spec.expression.Expression;
import io.penstock.spec.expression.ValueType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of a record's JSON becomes an array of a declared type. */
final class ArrayReadingTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      nullValues = "NULL",
      textBlock =
          """
          VARCHAR_ARRAY | ["x","y"]        | ["x","y"]            | kept
          VARCHAR_ARRAY | []               | []                   | kept
          VARCHAR_ARRAY | "x"              | ["x"]                | kept
          VARCHAR_ARRAY | 1.50             | ["1.50"]             | kept
          VARCHAR_ARRAY | [1,true,null]    | ["1","true",null]    | kept
          VARCHAR_ARRAY | ["a\\"b",[1,2],{"k":"v"}] | ["a\\"b","[1,2]","{\\"k\\":\\"v\\"}"] | kept
          VARCHAR_ARRAY | {"k":1}          | NULL                 | lost
          BIGINT_ARRAY  | [1,"2"," 3",null] | [1,2,3,null]        | kept
          BIGINT_ARRAY  | 7                | [7]                  | kept
          BIGINT_ARRAY  | [true,""]        | [1,null]             | kept
          BIGINT_ARRAY  | [1.9]            | [1]                  | lost
          BIGINT_ARRAY  | ["x",2]          | [null,2]             | lost
          BIGINT_ARRAY  | [[1]]            | [null]               | lost
          BIGINT_ARRAY  | [9223372036854775808] | [null]          | lost
          DOUBLE_ARRAY  | [1,"2.5","NaN"]  | [1.0,2.5,"NaN"]      | kept
          DOUBLE_ARRAY  | [{"k":1},0.1]    | [null,0.1]           | lost
          FLOAT_ARRAY   | [0.1,16777217]   | [0.1,1.6777216E7]    | kept
          """)
  void arrays(ValueType type, String json, String expected, String outcome) {
    Computation computation =
        new Computation(
            List.of(
                new Computation.Input(
                    new ColumnSpec(
                        "a",
                        0,
                        ColumnType.JSON,
                        new ColumnSource.Field("a"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of()),
                    type)),
            Optional.empty(),
            List.of(new Expression.Input(0, type)));
    RowBatch batch =
        new RowBatch(new ColumnVector(ColumnType.JSON), new ColumnVector(ColumnType.JSON));
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    batch.endRow();
    batch.column(1).setText(1, bytes, 0, bytes.length);
    batch.endRow();

    new Program(computation, 1)
        .run(
            batch,
            (row, reason) -> {
              throw new AssertionError(reason);
            });

    ColumnVector result = batch.column(0);
    assertThat(result.isNull(0)).isTrue();
    assertThat(result.isNull(1) ? null : Values.text(result, 1)).isEqualTo(expected);
    assertThat(batch.isWarned(0)).isFalse();
    assertThat(batch.isWarned(1)).isEqualTo(outcome.equals("lost"));
  }
}
