package io.penstock.bench.data;

import java.nio.charset.StandardCharsets;

/** One column of the events, and how its values are drawn. */
public final class Column {
  private final String name;
  private final Kind kind;
  private final Values values;
  private final byte[] key;

  /** Draws one value and writes it. */
  @FunctionalInterface
  interface Values {
    void draw(Draw draw, Field field);
  }

  Column(String name, Kind kind, Values values) {
    this.name = name;
    this.kind = kind;
    this.values = values;
    this.key = ("\"" + name + "\":").getBytes(StandardCharsets.UTF_8);
  }

  public String name() {
    return name;
  }

  public Kind kind() {
    return kind;
  }

  /** Quoted, with its colon. */
  byte[] key() {
    return key;
  }

  void draw(Draw draw, Field field) {
    field.clear();
    values.draw(draw, field);
  }
}
