package io.penstock.job.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.spec.ColumnType;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ColumnVectorTest {
  private static final byte[] BLOCK = "the block".getBytes(StandardCharsets.UTF_8);
  private static final byte[] OTHER = "another array".getBytes(StandardCharsets.UTF_8);

  private final ColumnVector text = new ColumnVector(ColumnType.STRING);
  private final RowBatch batch = new RowBatch(text, new ColumnVector(ColumnType.INT64));

  private String at(int row) {
    return text.isNull(row)
        ? null
        : new String(
            text.text(), text.textStart(row), text.textLength(row), StandardCharsets.UTF_8);
  }

  @Test
  void textOfTheBlockStaysWhereItIs() {
    batch.clear(BLOCK);

    text.setText(0, BLOCK, 4, 5);

    assertThat(text.text()).isSameAs(BLOCK);
    assertThat(text.starts()[0]).isEqualTo(4);
    assertThat(text.lengths()[0]).isEqualTo(5);
    assertThat(at(0)).isEqualTo("block");
  }

  @Test
  void textFromElsewhereMakesTheColumnACopy() {
    batch.clear(BLOCK);

    text.setText(0, BLOCK, 4, 5);
    text.setText(2, BLOCK, 0, 3);
    text.setText(3, OTHER, 0, 7);
    text.setText(4, BLOCK, 0, 9);

    assertThat(text.text()).isNotSameAs(BLOCK);
    assertThat(at(0)).isEqualTo("block");
    assertThat(at(1)).isNull();
    assertThat(at(2)).isEqualTo("the");
    assertThat(at(3)).isEqualTo("another");
    assertThat(at(4)).isEqualTo("the block");
  }

  @Test
  void aRowSetAgainIsOverwritten() {
    batch.clear(BLOCK);

    text.setText(0, BLOCK, 0, 3);
    text.setText(0, OTHER, 0, 7);
    assertThat(at(0)).isEqualTo("another");

    text.setNull(0);
    assertThat(at(0)).isNull();
  }

  @Test
  void clearingGoesBackToTheBlockAndForgetsAllRows() {
    batch.clear(BLOCK);
    text.setText(0, OTHER, 0, 7);

    batch.clear(BLOCK);

    assertThat(at(0)).isNull();
    text.setText(1, BLOCK, 0, 3);
    assertThat(text.text()).isSameAs(BLOCK);
  }

  @Test
  void muchTextGrowsTheCopy() {
    batch.clear();
    byte[] large = "x".repeat(100_000).getBytes(StandardCharsets.UTF_8);

    text.setText(0, OTHER, 0, 7);
    text.setText(1, large, 0, large.length);

    assertThat(at(0)).isEqualTo("another");
    assertThat(at(1)).hasSize(100_000);
  }

  @Test
  void aSelectionNarrowsAndNeverWidens() {
    batch.clear();
    for (int i = 0; i < 4; i++) {
      batch.endRow();
    }
    assertThat(batch.selectedRows()).isEqualTo(4);
    assertThat(batch.selected()).startsWith(0, 1, 2, 3);

    boolean[] kept = new boolean[RowBatch.CAPACITY];
    kept[1] = true;
    kept[3] = true;
    batch.select(kept);
    kept[0] = true;
    kept[1] = false;
    batch.select(kept);

    assertThat(batch.rows()).isEqualTo(4);
    assertThat(batch.selectedRows()).isEqualTo(1);
    assertThat(batch.selected()).startsWith(3);
    batch.clear();
    batch.endRow();
    assertThat(batch.selected()).startsWith(0, 1, 2, 3);
  }
}
