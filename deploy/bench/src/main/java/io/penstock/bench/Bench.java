package io.penstock.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of the benchmark. */
@Command(
    name = "deploy/bench/run",
    description = "Measures what loading costs.",
    mixinStandardHelpOptions = true,
    subcommands = {
      GenerateCommand.class,
      CompareCommand.class,
      GrowthCommand.class,
      StagesCommand.class
    })
public final class Bench {
  private Bench() {}

  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new Bench()).setCaseInsensitiveEnumValuesAllowed(true).execute(arguments));
  }
}
