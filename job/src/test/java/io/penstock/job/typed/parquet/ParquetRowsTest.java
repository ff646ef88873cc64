package io.penstock.job.typed.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.job.compress.UnreadableException;
import io.penstock.job.s3.MemoryObjectStore;
import io.penstock.job.s3.ObjectStoreException;
import io.penstock.job.scan.ObjectBytes;
import io.penstock.job.typed.TypedObjects;
import io.penstock.job.typed.TypedReading;
import io.penstock.spec.PlannedObject;
import io.penstock.spec.RecordFormat;
import io.penstock.spec.TaskFailure.FailureCode;
import io.penstock.spec.TransformSpec;
import io.penstock.spec.expression.ValueType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of several row groups, written by DuckDB. */
final class ParquetRowsTest {
  private static final String QUERY =
      """
      SELECT n AS id, 'name ' || (n % 100) AS name, (n / 4)::DECIMAL(18,2) AS price,
        CASE WHEN n % 3 = 0 THEN NULL ELSE [n, n + 1] END AS list,
        repeat(md5(n::VARCHAR), 20) AS unwanted
      FROM range(20000) r(n) ORDER BY n""";

  private static final TransformSpec TRANSFORM =
      TypedReading.transform(
          new RecordFormat.Parquet(false),
          List.of(
              new TypedReading.Field("id", ValueType.BIGINT),
              new TypedReading.Field("name", ValueType.VARCHAR),
              new TypedReading.Field("price", ValueType.VARCHAR),
              new TypedReading.Field("list", ValueType.JSON),
              new TypedReading.Field("absent", ValueType.DOUBLE)));

  @TempDir Path folder;
  private final CountingStore store = new CountingStore();
  private DuckFiles duck;

  /** Counts the bytes that are asked for. */
  private static final class CountingStore extends MemoryObjectStore {
    private long asked;
    private long breaksAfter = Long.MAX_VALUE;

    @Override
    public synchronized InputStream read(
        String bucket, String key, String etag, long offset, long length) throws IOException {
      asked += length;
      if (asked > breaksAfter) {
        throw new ObjectStoreException(FailureCode.OTHER, false, "broken", null);
      }
      return super.read(bucket, key, etag, offset, length);
    }
  }

  @BeforeEach
  void open() throws Exception {
    duck = new DuckFiles(folder);
  }

  @AfterEach
  void close() throws Exception {
    duck.close();
  }

  private static List<List<String>> expected() {
    List<List<String>> rows = new ArrayList<>();
    for (int n = 0; n < 20_000; n++) {
      rows.add(
          Arrays.asList(
              Integer.toString(n),
              "name " + n % 100,
              "%d.%s".formatted(n / 4, List.of("00", "25", "50", "75").get(n % 4)),
              n % 3 == 0 ? null : "[%d,%d]".formatted(n, n + 1),
              null));
    }
    return rows;
  }

  private PlannedObject put(byte[] bytes) throws IOException {
    store.put("b", "k", bytes);
    var stat = store.stat("b", "k").orElseThrow();
    return new PlannedObject("k", stat.etag(), stat.size());
  }

  private TypedReading read(PlannedObject object) throws IOException {
    ObjectBytes bytes = new ObjectBytes(store, "b", "k", object.etag(), object.size());
    return TypedReading.of(TRANSFORM, new TypedObjects(TRANSFORM).open(bytes, object));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ", COMPRESSION SNAPPY",
        ", COMPRESSION ZSTD, PARQUET_VERSION V2",
        ", COMPRESSION GZIP",
        ", COMPRESSION LZ4_RAW",
        ", COMPRESSION BROTLI",
        ", COMPRESSION UNCOMPRESSED"
      })
  void rowsComeInOrderAndWhatNobodyWantsIsNotRead(String options) throws Exception {
    PlannedObject object = put(duck.parquet(QUERY, options + ", ROW_GROUP_SIZE 4096"));

    TypedReading reading = read(object);

    assertThat(reading.rows).isEqualTo(expected());
    assertThat(store.asked).isLessThan(object.size() / 2);
    assertThat(reading.storedBytes).isPositive().isLessThanOrEqualTo(object.size());
  }

  @Test
  void partsOfAFileHaveEachRowOnceAndKnowItsNumber() throws Exception {
    PlannedObject object = put(duck.parquet(QUERY, ", ROW_GROUP_SIZE 2048"));
    List<List<String>> rows = new ArrayList<>();
    int parts = 0;
    long each = object.size() / 4 + 1;
    for (long from = 0; from < object.size(); from += each) {
      TypedReading part = read(object.of(from, Math.min(from + each, object.size())));
      if (!part.rows.isEmpty()) {
        assertThat(part.firstRows.get(0)).isEqualTo(rows.size() + 1);
        parts++;
      }
      rows.addAll(part.rows);
    }

    assertThat(rows).isEqualTo(expected());
    assertThat(parts).isGreaterThan(2);
  }

  @Test
  void aLargeRowGroupIsReadPieceByPiece() throws Exception {
    PlannedObject object =
        put(
            duck.parquet(
                "SELECT n AS id, repeat(md5(n::VARCHAR), 40) AS name FROM range(80000) r(n)",
                ", COMPRESSION UNCOMPRESSED, ROW_GROUP_SIZE 100000"));
    assertThat(object.size()).isGreaterThan(80L << 20);

    TypedReading reading = read(object);

    assertThat(reading.rows).hasSize(80_000);
    for (int n = 0; n < 80_000; n += 7_919) {
      assertThat(reading.rows.get(n).get(0)).isEqualTo(Integer.toString(n));
      assertThat(reading.rows.get(n).get(1)).hasSize(1_280);
    }
  }

  /** Also when it is parquet-java that asks for the next piece. */
  @Test
  void aConnectionThatBreaksIsNoDamage() throws Exception {
    PlannedObject object =
        put(
            duck.parquet(
                "SELECT n AS id, [repeat(md5(n::VARCHAR), 40)] AS list FROM range(80000) r(n)",
                ", COMPRESSION UNCOMPRESSED, ROW_GROUP_SIZE 100000"));
    store.breaksAfter = 20L << 20;

    assertThatThrownBy(() -> read(object))
        .isInstanceOf(ObjectStoreException.class)
        .hasMessage("broken");
  }

  @Test
  void anObjectThatHasChangedIsNotRead() throws Exception {
    PlannedObject object = put(duck.parquet(QUERY, ""));
    put(duck.parquet(QUERY + " DESC", ""));

    assertThatThrownBy(() -> read(object)).isInstanceOf(ObjectStoreException.class);
  }

  @Test
  void whatIsNoParquetFileOrIsCutSaysSo() throws Exception {
    byte[] whole = duck.parquet(QUERY, "");

    PlannedObject cut = put(Arrays.copyOf(whole, whole.length - 1_000));
    assertThatThrownBy(() -> read(cut))
        .isInstanceOf(UnreadableException.class)
        .hasMessage("it does not end as a Parquet file does");

    PlannedObject small = put(new byte[] {'P', 'A', 'R', '1'});
    assertThatThrownBy(() -> read(small))
        .isInstanceOf(UnreadableException.class)
        .hasMessage("it is too short for a Parquet file");
  }

  /** Whatever is damaged, it is either not noticed, since nobody reads it, or it is told so. */
  @Test
  void damageNeverDoesAnythingButFailByName() throws Exception {
    byte[] whole = duck.parquet("SELECT * REPLACE ('x' AS unwanted) FROM (" + QUERY + ")", "");
    Random random = new Random(7);
    int failed = 0;
    for (int i = 0; i < 300; i++) {
      byte[] damaged = whole.clone();
      for (int j = 0; j < 3; j++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      PlannedObject object = put(damaged);
      try {
        assertThat(read(object).rows).isNotNull();
      } catch (UnreadableException e) {
        assertThat(e).hasMessageNotContaining("null");
        failed++;
      }
    }
    assertThat(failed).isGreaterThan(50);
  }
}
