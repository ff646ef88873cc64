package io.penstock.bench.data;

import io.penstock.bench.data.Field.Phrase;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/** The values that columns of few or repeated values draw from. */
final class Pools {
  static final Phrase[] METHODS = phrases("GET", "GET", "GET", "POST", "HEAD", "PUT");
  static final Phrase[] PROTOCOLS = phrases("HTTP/2", "HTTP/1.1", "HTTP/3");
  static final Phrase[] SITES =
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
  static final Phrase[] LEVELS = phrases("TLSv1.3", "TLSv1.2");
  static final Phrase[] HOSTS = hosts();
  static final Phrase[] AGENTS = agents();
  static final Phrase[] REFERERS = referers();
  static final Phrase[] MESSAGES = messages();
  static final byte[][] TAGS = tags();
  static final byte[][] GEO = geo();

  private Pools() {}

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
}
