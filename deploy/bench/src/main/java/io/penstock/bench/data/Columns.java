package io.penstock.bench.data;

import io.penstock.bench.data.Field.Phrase;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The columns of an access log, and as many more as are asked for. */
public final class Columns {
  /** Of an access log. */
  public static final int BASE = 26;

  /** The time column. */
  public static final String TIME = "time";

  private static final Phrase[] METHODS = phrases("GET", "GET", "GET", "POST", "HEAD", "PUT");
  private static final Phrase[] PROTOCOLS = phrases("HTTP/2", "HTTP/1.1", "HTTP/3");
  private static final Phrase[] SITES =
      phrases("fra1", "ams2", "iad4", "nrt1", "gru3", "syd1", "lhr5", "sin2");
  private static final String[] COUNTRIES = {
    "DE", "US", "FR", "JP", "BR", "IN", "GB", "PL", "NL", "KR", "SE", "ES", "IT", "CA"
  };
  private static final String[] CITIES = {
    "München",
    "São Paulo",
    "東京",
    "Kraków",
    "New York",
    "Gießen",
    "Århus",
    "서울",
    "Paris",
    "London",
    "Amsterdam",
    "Zürich",
    "Málaga",
    "Mumbai",
    "Montréal",
    "Łódź"
  };
  private static final Phrase[] LEVELS = phrases("TLSv1.3", "TLSv1.2");
  private static final Phrase[] HOSTS = hosts();
  private static final Phrase[] AGENTS = agents();
  private static final Phrase[] REFERERS = referers();
  private static final Phrase[] MESSAGES = messages();
  private static final byte[][] TAGS = tags();
  private static final byte[][] GEO = geo();
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
    columns.add(pooled("method", METHODS));
    columns.add(pooled("protocol", PROTOCOLS));
    columns.add(pooled("host", HOSTS));
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
    columns.add(sparse("referer", REFERERS, 4));
    columns.add(pooled("user_agent", AGENTS));
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
    columns.add(pooled("tls_version", LEVELS));
    columns.add(sparse("message", MESSAGES, 8));
  }

  private static void places(List<Column> columns) {
    columns.add(pooled("site", SITES));
    columns.add(
        new Column(
            "longitude",
            Kind.DOUBLE,
            (draw, field) ->
                field.bytes().decimal(draw.random.nextLong(-18_000_000, 18_000_000), 5)));
    columns.add(
        new Column("geo", Kind.JSON, (draw, field) -> field.json(GEO[draw.skewed(GEO.length)])));
    columns.add(
        new Column("tags", Kind.JSON, (draw, field) -> field.json(TAGS[draw.skewed(TAGS.length)])));
  }

  /** Whole numbers, decimals, short texts and nulls take turns. */
  private static Column extra(int i) {
    String name = "x_%03d".formatted(i);
    return switch (i % 4) {
      case 0 -> new Column(name, Kind.INT, (draw, field) -> field.bytes().add(draw.skewed(10_000)));
      case 1 ->
          new Column(
              name, Kind.DOUBLE, (draw, field) -> field.bytes().decimal(draw.skewed(100_000), 2));
      case 2 -> pooled(name, SITES);
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

  private static Phrase[] hosts() {
    Phrase[] hosts = new Phrase[200];
    for (int i = 0; i < hosts.length; i++) {
      hosts[i] = Phrase.of("www%d.shop-%02d.example.com".formatted(i % 7, i));
    }
    return hosts;
  }

  private static Phrase[] agents() {
    SplittableRandom random = new SplittableRandom(1);
    String[] systems = {
      "X11; Linux x86_64", "Windows NT 10.0; Win64; x64", "Macintosh; Intel Mac OS X 10_15_7"
    };
    Phrase[] agents = new Phrase[1_500];
    for (int i = 0; i < agents.length; i++) {
      agents[i] =
          Phrase.of(
              "Mozilla/5.0 (%s) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/%d.0.%d.%d Safari/537.36"
                  .formatted(
                      systems[i % systems.length],
                      100 + i % 50,
                      random.nextInt(9_999),
                      random.nextInt(200)));
    }
    return agents;
  }

  private static Phrase[] referers() {
    Phrase[] referers = new Phrase[5_000];
    for (int i = 0; i < referers.length; i++) {
      referers[i] =
          Phrase.of(
              i % 10 == 0
                  ? "https://suche.example.de/größe/" + i + "?q=\"schuhe\"\\straße"
                  : "https://search.example.org/r/" + i * 7919 % 100_003 + "/list");
    }
    return referers;
  }

  private static Phrase[] messages() {
    Phrase[] messages = new Phrase[64];
    for (int i = 0; i < messages.length; i++) {
      messages[i] =
          Phrase.of(
              switch (i % 4) {
                case 0 -> "";
                case 1 -> "upstream said \"no\", code " + i;
                case 2 -> "first line " + i + "\n\tat second line";
                default -> "ok, näher beschrieben ✓ " + i;
              });
    }
    return messages;
  }

  private static byte[][] tags() {
    byte[][] tags = new byte[256][];
    for (int i = 0; i < tags.length; i++) {
      StringBuilder json = new StringBuilder("[");
      for (int j = 0; j < i % 4; j++) {
        json.append(j == 0 ? "" : ",").append("\"tag-").append(i * 31 % (17 + j)).append('"');
      }
      tags[i] = json.append(']').toString().getBytes(StandardCharsets.UTF_8);
    }
    return tags;
  }

  private static byte[][] geo() {
    byte[][] geo = new byte[5_000][];
    for (int i = 0; i < geo.length; i++) {
      geo[i] =
          "{\"country\":\"%s\",\"city\":\"%s\",\"as\":{\"number\":%d,\"mobile\":%b}}"
              .formatted(
                  COUNTRIES[i % COUNTRIES.length],
                  CITIES[i * 7 % CITIES.length],
                  i * 7919 % 65_000,
                  i % 3 == 0)
              .getBytes(StandardCharsets.UTF_8);
    }
    return geo;
  }

  private static Phrase[] phrases(String... texts) {
    Phrase[] phrases = new Phrase[texts.length];
    for (int i = 0; i < texts.length; i++) {
      phrases[i] = Phrase.of(texts[i]);
    }
    return phrases;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
