package io.penstock.control.dialect.hydrolix;

import static io.penstock.control.dialect.hydrolix.TestApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.spec.ColumnSource;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnType;
import io.penstock.spec.RecordFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RejectedCsvTest {
  /** The second field is {@code b}, the fourth is nobody's unless it is there. */
  private static final List<ColumnSpec> COLUMNS = List.of(column("b", 1), column("far", 9));

  private static ColumnSpec column(String name, int index) {
    return new ColumnSpec(
        name,
        0,
        ColumnType.STRING,
        new ColumnSource.Position(index),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`x;y;z`|{\"0\":\"x\",\"b\":\"y\",\"2\":\"z\"}",
        "`;`|{\"0\":\"\",\"b\":\"\"}",
        "``|{\"0\":\"\"}",
        "`\"a;b\";\"say \"\"hi\"\"\"`|{\"0\":\"a;b\",\"b\":\"say \\\"hi\\\"\"}",
        "`a\"b;\"c\"d`|{\"0\":\"a\\\"b\",\"b\":\"cd\"}",
        "`\"never;closed`|{\"0\":\"never;closed\"}",
      })
  void fieldsStandUnderTheirColumns(String record, String expected) {
    RecordFormat.Csv format =
        new RecordFormat.Csv(';', Optional.of('"'), Optional.of('"'), Optional.empty(), 0, false);

    assertThat(new RejectedCsv(format, COLUMNS).byColumn(record)).isEqualTo(json(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`\"a\\\\\"b\";c\\\\;d`|{\"0\":\"a\\\\b\\\"\",\"b\":\"c\\\\\",\"2\":\"d\"}",
        "`\"a\\\"b\";c\\;d`|{\"0\":\"a\\\"b\",\"b\":\"c;d\"}",
      })
  void anEscapeMakesTheNextCharacterOrdinary(String record, String expected) {
    RecordFormat.Csv format =
        new RecordFormat.Csv(';', Optional.of('"'), Optional.of('\\'), Optional.empty(), 0, false);

    assertThat(new RejectedCsv(format, COLUMNS).byColumn(record)).isEqualTo(json(expected));
  }
}
