package io.penstock.bench.data;

/** What a column holds, in the words of those who load it. */
public enum Kind {
  TIME("datetime", "TIMESTAMP"),
  TEXT("string", "VARCHAR"),
  INT("int32", "INTEGER"),
  LONG("int64", "BIGINT"),
  DOUBLE("double", "DOUBLE"),
  TRUTH("boolean", "BOOLEAN"),
  /** An object or array, kept as JSON text. */
  JSON("json", "JSON");

  private final String transformType;
  private final String duckDbType;

  Kind(String transformType, String duckDbType) {
    this.transformType = transformType;
    this.duckDbType = duckDbType;
  }

  /** The datatype of an output column. */
  public String transformType() {
    return transformType;
  }

  public String duckDbType() {
    return duckDbType;
  }
}
