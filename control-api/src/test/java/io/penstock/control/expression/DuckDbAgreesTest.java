package io.penstock.control.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.job.expression.Program;
import io.penstock.job.record.RowBatch;
import io.penstock.spec.Computation;
import io.penstock.spec.expression.Expression;
import io.penstock.spec.expression.ValueType;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** Generated expressions and filters over generated rows: another engine gives the same. */
final class DuckDbAgreesTest {
  private static final long SEED = 20260301;
  private static final int EACH = Integer.getInteger("penstock.expression.cases", 50);
  private static final int ROWS = 200;
  private static final String[] TEXTS = {
    "", "a", "Oslo", "abba", "äöü", " x ", "100%", "7", "LONGER text with more than eight bytes"
  };

  private final List<String[]> rows = new ArrayList<>();
  private long compared;

  private void generateRows() {
    Random random = new Random(SEED);
    for (int i = 0; i < ROWS; i++) {
      String[] row = new String[Evaluated.ROW.length];
      row[0] = random.nextInt(8) == 0 ? null : TEXTS[random.nextInt(TEXTS.length)];
      row[1] = random.nextInt(8) == 0 ? null : TEXTS[random.nextInt(TEXTS.length)];
      row[2] = random.nextInt(8) == 0 ? null : Integer.toString(random.nextInt(21) - 10);
      row[3] = random.nextInt(8) == 0 ? null : Integer.toString(random.nextInt());
      row[4] = random.nextInt(8) == 0 ? null : Double.toString(random.nextInt(4_000) / 8.0 - 200);
      rows.add(row);
    }
  }

  private void load(Connection duckDb) throws SQLException {
    try (Statement statement = duckDb.createStatement()) {
      statement.execute(
          "CREATE TABLE r (i INT, s VARCHAR, t VARCHAR, n BIGINT, m BIGINT, d DOUBLE, nn BIGINT)");
    }
    try (PreparedStatement insert =
        duckDb.prepareStatement("INSERT INTO r VALUES (?, ?, ?, ?, ?, ?, NULL)")) {
      for (int i = 0; i < ROWS; i++) {
        insert.setInt(1, i);
        for (int field = 0; field < 5; field++) {
          insert.setString(field + 2, rows.get(i)[field]);
        }
        insert.executeUpdate();
      }
    }
  }

  private static List<String> theirs(Connection duckDb, String sql, ValueType type)
      throws SQLException {
    List<String> values = new ArrayList<>();
    try (Statement statement = duckDb.createStatement();
        ResultSet result = statement.executeQuery("SELECT " + sql + " FROM r ORDER BY i")) {
      while (result.next()) {
        Object value =
            type == ValueType.DOUBLE ? (Object) result.getDouble(1) : result.getString(1);
        values.add(result.wasNull() ? "null" : value.toString());
      }
    }
    return values;
  }

  private List<String> ours(String sql) {
    Parsed parsed = Evaluated.PARSER.parse(sql, Evaluated.SCHEMA);
    assertThat(parsed).as(sql).isInstanceOf(Parsed.Valid.class);
    Expression expression = ((Parsed.Valid) parsed).expression();
    Computation computation = Evaluated.computation(Optional.empty(), List.of(expression));
    RowBatch batch = Evaluated.batch(computation, rows);
    new Program(computation, 1).run(batch, (row, reason) -> {});
    List<String> values = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      values.add(Evaluated.shown(batch.column(0), expression.type(), row));
    }
    return values;
  }

  @Test
  void expressionsOfEveryTypeAndFiltersGiveTheSame() throws SQLException {
    generateRows();
    RandomExpressions random = new RandomExpressions(SEED);
    SoftAssertions softly = new SoftAssertions();
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:")) {
      load(duckDb);
      for (int i = 0; i < EACH; i++) {
        compare(duckDb, random.whole(3), ValueType.BIGINT, softly);
        compare(duckDb, random.floating(3), ValueType.DOUBLE, softly);
        compare(duckDb, random.text(3), ValueType.VARCHAR, softly);
        compare(duckDb, random.condition(3), ValueType.BOOLEAN, softly);
      }
    }
    softly.assertAll();
    assertThat(compared).as("values that are not null").isGreaterThan(EACH * 4L * ROWS / 2);
    System.out.println(EACH * 4 + " expressions over " + ROWS + " rows");
  }

  private void compare(Connection duckDb, String sql, ValueType type, SoftAssertions softly)
      throws SQLException {
    List<String> ours = ours(sql);
    softly.assertThat(ours).as(sql).isEqualTo(theirs(duckDb, sql, type));
    compared += ours.stream().filter(value -> !value.equals("null")).count();
  }
}
