package io.penstock.standalone;

import io.penstock.control.config.Settings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command line of the standalone distribution. */
@Command(
    name = "penstock",
    description = "Penstock in one JVM.",
    mixinStandardHelpOptions = true,
    subcommands = {
      Main.Start.class,
      Main.StartNeighbours.class,
      Main.Put.class,
      Main.Rows.class,
      Main.Rejects.class
    })
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    CommandLine line = new CommandLine(new Main());
    line.setExecutionExceptionHandler(
        (e, commandLine, result) -> {
          commandLine.getErr().println("penstock: " + sentence(e));
          return 1;
        });
    try {
      System.exit(line.execute(arguments));
    } catch (LinkageError e) {
      // Threads of what has started already would keep the process alive.
      System.err.println("penstock: the installation is not complete: " + e);
      System.exit(1);
    }
  }

  private static String sentence(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String said = e.getMessage() == null ? e.toString() : e.getMessage();
    return cause == e || cause.getMessage() == null ? said : said + ": " + cause.getMessage();
  }

  /** Starts everything and stays. */
  @Command(name = "start", description = "Starts everything and stays.")
  static final class Start implements Callable<Integer> {
    @Option(names = "--data", required = true, description = "Folder that holds everything.")
    private Path data;

    @Option(names = "--job-jar", required = true, description = "The job's shaded JAR.")
    private Path jobJar;

    @Option(names = "--http-port", defaultValue = "8080", description = "API; 0 for any free port.")
    private int httpPort;

    @Option(names = "--flink-port", defaultValue = "8081", description = "Flink's API and web UI.")
    private int flinkPort;

    @Option(names = "--s3-port", defaultValue = "9000", description = "S3 server.")
    private int s3Port;

    @Option(names = "--slots", defaultValue = "2", description = "Flink slots: tasks side by side.")
    private int slots;

    @Option(names = "--setting", description = "KEY=VALUE, one of the control API's; repeatable.")
    private Map<String, String> settings = Map.of();

    @Override
    public Integer call() throws Exception {
      Standalone penstock =
          Standalone.start(
              data,
              jobJar,
              new Standalone.Ports(httpPort, flinkPort, s3Port),
              slots,
              Map.copyOf(settings));
      CountDownLatch stopped = new CountDownLatch(1);
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    penstock.close();
                    stopped.countDown();
                  },
                  "penstock-shutdown"));
      System.out.println("API:       " + penstock.api().uri());
      System.out.println("Flink UI:  " + penstock.flinkUrl());
      System.out.println("S3:        " + penstock.s3Endpoint() + " (access key penstock)");
      System.out.println("Data:      " + data.toAbsolutePath());
      penstock
          .api()
          .newApiKey()
          .ifPresent(
              key ->
                  System.out.println(
                      "API key:   " + key + " (new; also in " + data.resolve("api-key") + ")"));
      penstock
          .api()
          .newExportKey()
          .ifPresent(
              unused -> System.out.println("Exports:   key in " + data.resolve("export-key")));
      penstock
          .api()
          .newPassword()
          .ifPresent(
              unused -> System.out.println("Password:  in " + data.resolve("password") + " (new)"));
      System.out.println("Penstock is ready.");
      stopped.await();
      return 0;
    }
  }

  /** Starts what a cluster on one machine needs beside Flink and the control API, and stays. */
  @Command(name = "neighbours", description = "Starts the S3 server and PostgreSQL, and stays.")
  static final class StartNeighbours implements Callable<Integer> {
    @Option(names = "--data", required = true, description = "Folder that holds everything.")
    private Path data;

    @Option(names = "--s3-port", defaultValue = "9000", description = "S3 server.")
    private int s3Port;

    @Override
    public Integer call() throws Exception {
      Foundation foundation = Foundation.start(data, s3Port);
      foundation.writeSettings("neighbours.properties", foundation.settings());
      CountDownLatch stopped = new CountDownLatch(1);
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    foundation.close();
                    stopped.countDown();
                  },
                  "penstock-shutdown"));
      System.out.println("Neighbours are ready.");
      stopped.await();
      return 0;
    }
  }

  /** Uploads files to the S3 server of a running Penstock. */
  @Command(name = "put", description = "Uploads files to a bucket of a running Penstock.")
  static final class Put implements Callable<Integer> {
    @Option(names = "--data", required = true, description = "Folder of the running Penstock.")
    private Path data;

    @Parameters(index = "0", description = "s3://bucket/prefix/")
    private String target;

    @Parameters(index = "1..*", arity = "1..*", description = "Files.")
    private Path[] files;

    @Override
    public Integer call() throws Exception {
      try (Neighbours neighbours = Neighbours.of(settings(data))) {
        for (Path file : files) {
          System.out.println(neighbours.put(target, file));
        }
      }
      return 0;
    }
  }

  /** Prints rows of a table, read as any Iceberg reader would. */
  @Command(name = "rows", description = "Prints the first rows of a table.")
  static final class Rows implements Callable<Integer> {
    @Option(names = "--data", required = true, description = "Folder of the running Penstock.")
    private Path data;

    @Option(names = "--limit", defaultValue = "5", description = "How many.")
    private int limit;

    @Parameters(index = "0", description = "project.table")
    private String table;

    @Override
    public Integer call() throws Exception {
      try (Neighbours neighbours = Neighbours.of(settings(data))) {
        neighbours.printRows(table, limit, System.out);
      }
      return 0;
    }
  }

  /** Prints a job's rejected rows. */
  @Command(name = "rejects", description = "Prints the rejected rows of a job.")
  static final class Rejects implements Callable<Integer> {
    @Option(names = "--data", required = true, description = "Folder of the running Penstock.")
    private Path data;

    @Parameters(index = "0", description = "The job's UUID.")
    private UUID job;

    @Override
    public Integer call() throws Exception {
      try (Neighbours neighbours = Neighbours.of(settings(data))) {
        neighbours.printRejects(job, System.out);
      }
      return 0;
    }
  }

  private static Settings settings(Path data) {
    return Settings.load(Optional.of(data.resolve(Standalone.SETTINGS_FILE)), Map.of());
  }
}
