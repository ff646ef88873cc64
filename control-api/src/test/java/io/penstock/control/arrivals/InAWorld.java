package io.penstock.control.arrivals;

import io.penstock.control.job.JobDefinition;
import io.penstock.control.store.Database;
import io.penstock.control.store.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** Tests on a real PostgreSQL, in a world that is new for each. */
abstract class InAWorld {
  private static String url;
  private static Database database;

  final JobDefinition orders = World.definition(1_000);
  World world;

  @BeforeAll
  static void open() {
    url = TestDatabase.url();
    database = Database.open(url, "postgres", "");
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @BeforeEach
  void begin() throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, "postgres", "");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "TRUNCATE arrival_lead, arrival_watch, arrival_stream, arrival, arrival_task, arrival_segment");
    }
    world = newWorld(new Random(0));
  }

  static World newWorld(Random random) {
    return new World(database, random);
  }

  final void put(String... keys) {
    for (String key : keys) {
      world.bucket.put("in/" + key, world.clock.instant());
    }
  }

  final List<String> loaded() {
    return world.table.objects().stream().map(one -> one.replaceAll(".*:in/", "")).toList();
  }

  final void watchThePrefix() {
    world.subscriptions.add(world.subscription(orders, World.PREFIX, url -> true));
    world.clock.pass(Duration.ofMinutes(1));
    world.work();
  }

  final Watch watch(Feed feed) {
    return world.watches.find(new WatchKey(world.organization, feed.key())).orElseThrow();
  }
}
