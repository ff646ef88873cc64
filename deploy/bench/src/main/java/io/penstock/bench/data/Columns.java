package io.penstock.bench.data;

import io.penstock.bench.data.Field.Phrase;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The columns of an access log, and as many more as are asked for. */
public final class Columns {
  /** Of an access log. */
  public static final int BASE = 26;

  /** The time column. */
  public static final String TIME = "time";

  private static final int[] STATUSES = {200, 200, 200, 200, 200, 206, 301, 304, 404, 500};

  private Columns() {}

  /**
   * @param count at least {@link #BASE}
   */
  public static List<Column> of(int count) {
    List<Column> columns = new ArrayList<>();
    identities(columns);
    requests(columns);
    answers(columns);
    places(columns);
    for (int i = columns.size(); i < count; i++) {
      columns.add(extra(i));
    }
    return List.copyOf(columns.subList(0, Math.max(count, BASE)));
  }

  private static void identities(List<Column> columns) {
    columns.add(new Column(TIME, Kind.TIME, (draw, field) -> field.time(draw.millis)));
    columns.add(
        new Column(
            "request_id",
            Kind.TEXT,
            (draw, field) -> {
              field.text().hex(draw.random.nextLong()).hex(draw.row * 0xd1342543de82ef95L);
              field.endText();
            }));
    columns.add(
        new Column(
            "session_id",
            Kind.TEXT,
            (draw, field) -> {
              field.text().put('s').hex(draw.skewed(400_000) * 0x9e3779b97f4a7c15L);
              field.endText();
            }));
    columns.add(
        new Column(
            "user_id",
            Kind.LONG,
            (draw, field) -> {
              if (draw.oneIn(3)) {
                field.setNull();
              } else {
                field.bytes().add(7_000_000_000L + draw.skewed(2_000_000));
              }
            }));
    columns.add(
        new Column("received_ms", Kind.LONG, (draw, field) -> field.bytes().add(received(draw))));
  }

  private static long received(Draw draw) {
    return draw.millis + draw.skewed(60_000);
  }

  private static void requests(List<Column> columns) {
    columns.add(
        new Column(
            "client_ip",
            Kind.TEXT,
            (draw, field) -> {
              int address = draw.skewed(1 << 24) * 0x61c88647;
              Bytes text = field.text().add(address >>> 24).put('.').add(address >>> 16 & 255);
              text.put('.').add(address >>> 8 & 255).put('.').add(address & 255);
              field.endText();
            }));
    columns.add(pooled("method", Pools.METHODS));
    columns.add(pooled("protocol", Pools.PROTOCOLS));
    columns.add(pooled("host", Pools.HOSTS));
    columns.add(
        new Column(
            "path",
            Kind.TEXT,
            (draw, field) -> {
              Bytes text = field.text().add(ascii("/catalog/")).add(draw.skewed(500));
              text.add(ascii("/item/")).add(draw.skewed(3_000_000)).add(ascii(".html"));
              field.endText();
            }));
    columns.add(
        new Column(
            "query",
            Kind.TEXT,
            (draw, field) -> {
              if (draw.oneIn(2)) {
                field.setNull();
                return;
              }
              Bytes text = field.text().add(ascii("utm=")).add(draw.skewed(40));
              text.add(ascii("&q=")).hex(draw.random.nextLong() & 0xffff).add(ascii("&page="));
              text.add(draw.skewed(100));
              field.endText();
            }));
    columns.add(sparse("referer", Pools.REFERERS, 4));
    columns.add(pooled("user_agent", Pools.AGENTS));
  }

  private static void answers(List<Column> columns) {
    columns.add(
        new Column(
            "status",
            Kind.INT,
            (draw, field) -> field.bytes().add(STATUSES[draw.random.nextInt(STATUSES.length)])));
    columns.add(
        new Column(
            "bytes_sent", Kind.LONG, (draw, field) -> field.bytes().add(draw.skewed(20_000_000))));
    columns.add(
        new Column(
            "duration",
            Kind.DOUBLE,
            (draw, field) -> field.bytes().decimal(draw.skewed(9_000_000), 6)));
    columns.add(
        new Column(
            "upstream_time",
            Kind.DOUBLE,
            (draw, field) -> {
              if (draw.oneIn(4)) {
                field.setNull();
              } else {
                field.bytes().decimal(draw.skewed(5_000), 3);
              }
            }));
    columns.add(
        new Column("retries", Kind.INT, (draw, field) -> field.bytes().add(draw.skewed(5))));
    columns.add(new Column("cache_hit", Kind.TRUTH, (draw, field) -> field.truth(!draw.oneIn(5))));
    columns.add(new Column("tls", Kind.TRUTH, (draw, field) -> field.truth(!draw.oneIn(20))));
    columns.add(pooled("tls_version", Pools.LEVELS));
    columns.add(sparse("message", Pools.MESSAGES, 8));
  }

  private static void places(List<Column> columns) {
    columns.add(pooled("site", Pools.SITES));
    columns.add(
        new Column(
            "longitude",
            Kind.DOUBLE,
            (draw, field) ->
                field.bytes().decimal(draw.random.nextLong(-18_000_000, 18_000_000), 5)));
    columns.add(
        new Column(
            "geo",
            Kind.JSON,
            (draw, field) -> field.json(Pools.GEO[draw.skewed(Pools.GEO.length)])));
    columns.add(
        new Column(
            "tags",
            Kind.JSON,
            (draw, field) -> field.json(Pools.TAGS[draw.skewed(Pools.TAGS.length)])));
  }

  /** Whole numbers, decimals, short texts and nulls take turns. */
  private static Column extra(int i) {
    String name = "x_%03d".formatted(i);
    return switch (i % 4) {
      case 0 -> new Column(name, Kind.INT, (draw, field) -> field.bytes().add(draw.skewed(10_000)));
      case 1 ->
          new Column(
              name, Kind.DOUBLE, (draw, field) -> field.bytes().decimal(draw.skewed(100_000), 2));
      case 2 -> pooled(name, Pools.SITES);
      default ->
          new Column(
              name,
              Kind.LONG,
              (draw, field) -> {
                if (draw.oneIn(2)) {
                  field.setNull();
                } else {
                  field.bytes().add(draw.skewed(1 << 30));
                }
              });
    };
  }

  private static Column pooled(String name, Phrase[] pool) {
    return new Column(
        name, Kind.TEXT, (draw, field) -> field.phrase(pool[draw.skewed(pool.length)]));
  }

  /** Null in one of so many rows. */
  private static Column sparse(String name, Phrase[] pool, int nulls) {
    return new Column(
        name,
        Kind.TEXT,
        (draw, field) -> {
          if (draw.oneIn(nulls)) {
            field.setNull();
          } else {
            field.phrase(pool[draw.skewed(pool.length)]);
          }
        });
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
