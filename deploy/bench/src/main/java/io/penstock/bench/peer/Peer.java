package io.penstock.bench.peer;

/** Another loader, in a process of its own. */
public enum Peer {
  DUCKDB("DuckDB", "512m") {
    @Override
    void load(Request request) throws Exception {
      DuckDbLoad.run(request);
    }
  },
  FLINK("Flink by the book", "3g") {
    @Override
    void load(Request request) throws Exception {
      FlinkLoad.run(request);
    }
  };

  /** Cores of every loader. */
  static final int THREADS = 2;

  private final String title;
  private final String heap;

  Peer(String title, String heap) {
    this.title = title;
    this.heap = heap;
  }

  abstract void load(Request request) throws Exception;

  String title() {
    return title;
  }

  /** Of its JVM; DuckDB's own memory is none of it. */
  String heap() {
    return heap;
  }
}
