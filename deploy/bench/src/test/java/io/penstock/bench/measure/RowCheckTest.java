package io.penstock.bench.measure;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.bench.data.Columns;
import io.penstock.bench.data.Dataset;
import io.penstock.bench.data.Format;
import io.penstock.bench.data.Generator;
import io.penstock.bench.data.SourceSql;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RowCheckTest {
  private static final Dataset EVENTS =
      new Dataset(Format.NDJSON, 500, 2, 24, 60, 24, Columns.BASE, 3);

  @TempDir private Path folder;
  private String rows;

  @BeforeEach
  void generate() throws IOException {
    rows = SourceSql.of(EVENTS, new Generator(folder).generate(EVENTS).folder());
  }

  @Test
  void theOrderOfRowsDoesNotMatter() throws Exception {
    RowCheck.assertSame(EVENTS, rows, "(SELECT * FROM " + rows + " ORDER BY request_id)");
  }

  @Test
  void aMissingRowIsFound() {
    assertDiffers("(SELECT * FROM " + rows + " ORDER BY request_id OFFSET 1)", "rows: 499");
  }

  @Test
  void aRowThatIsThereTwiceInPlaceOfAnotherIsFound() {
    String sorted = "(SELECT * FROM " + rows + " ORDER BY request_id";
    assertDiffers(
        "(" + sorted + " OFFSET 1) UNION ALL " + sorted + " DESC LIMIT 1))", "hash of all columns");
  }

  @Test
  void aValueThatBecameNullIsFoundInItsColumn() {
    assertDiffers(
        "(SELECT * REPLACE (nullif(status, 404) AS status) FROM " + rows + ")", "hash of status");
  }

  @Test
  void aValueThatMovedToAnotherRowIsFound() {
    String swapped =
        """
        (SELECT * REPLACE (coalesce(lag(request_id) OVER (ORDER BY request_id),
                                    max(request_id) OVER ()) AS request_id) FROM %s)"""
            .formatted(rows);
    assertDiffers(swapped, "hash of all columns");
  }

  private void assertDiffers(String found, String what) {
    assertThatThrownBy(() -> RowCheck.assertSame(EVENTS, rows, found))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(what);
  }
}
