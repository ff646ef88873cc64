package io.penstock.control.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What expressions give, from SQL to the values of a batch. */
final class ExpressionsTest {
  @Test
  void operatorsConditionsAndAlternatives() throws IOException {
    ExpressionTable.check("language.txt", Evaluated::of);
  }

  @Test
  void conversions() throws IOException {
    ExpressionTable.check("casts.txt", Evaluated::of);
  }

  @Test
  void numbers() throws IOException {
    ExpressionTable.check("numbers.txt", Evaluated::of);
  }

  @Test
  void times() throws IOException {
    ExpressionTable.check("times.txt", Evaluated::of);
  }

  @Test
  void texts() throws IOException {
    ExpressionTable.check("texts.txt", Evaluated::of);
  }

  @Test
  void jsonAndAddresses() throws IOException {
    ExpressionTable.check("json.txt", Evaluated::of);
  }

  @Test
  void arrays() throws IOException {
    ExpressionTable.check("arrays.txt", Evaluated::of);
  }

  @Test
  void inputsReadFromText() throws IOException {
    ExpressionTable.check("reading.txt", Evaluated::read);
  }

  @Test
  void filters() throws IOException {
    ExpressionTable.check("filters.txt", Evaluated::filtered);
  }

  @Test
  void expressionsOfClickHouse() throws IOException {
    ExpressionTable.check("clickhouse.txt", Evaluated::clickHouse);
  }

  @Test
  void queriesOfClickHouse() throws IOException {
    ExpressionTable.check("queries.txt", Evaluated::query);
  }

  @Test
  void namesThatStandForNamesAreNotPutInWithoutEnd() {
    StringBuilder sql = new StringBuilder("SELECT n + n AS a0");
    for (int i = 1; i < 40; i++) {
      sql.append(", a%d + a%d AS a%d".formatted(i - 1, i - 1, i));
    }

    assertThat(Evaluated.query(sql + " FROM {STREAM}")).contains("too many parts");
  }

  @Test
  void mistakesSayWhereAndWhat() throws IOException {
    ExpressionTable.check("mistakes.txt", Evaluated::of);
  }

  @Test
  void allMistakesAreToldAtOnceInTheOrderOfTheText() {
    Parsed parsed =
        Evaluated.PARSER.parse(
            "CASE WHEN cty = 'x'\n THEN UPER(s) ELSE x + 1 END", Evaluated.SCHEMA);

    assertThat(((Parsed.Invalid) parsed).problems())
        .extracting(problem -> problem.line() + ":" + problem.column())
        .isEqualTo(List.of("1:11", "2:7", "2:20"));
  }

  @Test
  void deeplyNestedTextIsRefusedAndNotRead() {
    String deep = "(".repeat(5_000) + "1" + ")".repeat(5_000);

    assertThat(Evaluated.PARSER.parse(deep, Evaluated.SCHEMA)).isInstanceOf(Parsed.Invalid.class);
    assertThat(Evaluated.of("(".repeat(50) + "1" + ")".repeat(50))).isEqualTo("1");
    assertThat(Evaluated.of("1" + " + 1".repeat(150))).isEqualTo("151");
    assertThat(Evaluated.of("1" + " + 1".repeat(2_000))).contains("nested more than");
  }
}
