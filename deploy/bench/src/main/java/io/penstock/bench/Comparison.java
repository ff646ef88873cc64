package io.penstock.bench;

import io.penstock.bench.data.Dataset;
import io.penstock.bench.data.Generated;
import io.penstock.bench.measure.Cost;
import io.penstock.bench.measure.Spread;
import io.penstock.bench.measure.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rounds of costs of the same loaders, the first of which is compared with the others. */
final class Comparison {
  private final Dataset dataset;
  private final Generated files;
  private final List<List<Cost>> rounds = new ArrayList<>();

  Comparison(Dataset dataset, Generated files) {
    this.dataset = dataset;
    this.files = files;
  }

  void add(List<Cost> round) {
    rounds.add(round);
  }

  static String line(int round, List<Cost> costs) {
    return costs.stream()
        .map(
            cost ->
                format("%s %.2f CPU s in %.1f s", cost.subject(), cost.cpu(), cost.wallSeconds()))
        .collect(Collectors.joining(", ", round < 1 ? "warm-up: " : "round " + round + ": ", ""));
  }

  @Override
  public String toString() {
    List<Cost> first = rounds.get(0);
    Table table =
        new Table(
            "loader",
            "CPU s (min–max)",
            "rows per CPU s",
            "Penstock's share of it (min–max)",
            "wall s",
            "peak MB",
            "output MB");
    for (int i = 0; i < first.size(); i++) {
      int loader = i;
      table.add(
          first.get(i).subject(),
          spread(loader, Cost::cpu).toString(),
          format("%,.0f", spread(loader, Cost::rowsPerCpuSecond).median()),
          i == 0 ? "" : ratios(loader) + " ×",
          format("%.1f", spread(loader, Cost::wallSeconds).median()),
          format("%.0f", spread(loader, cost -> cost.workerPeakBytes() / 1e6).max()),
          format("%.0f", first.get(i).outputBytes() / 1e6));
    }
    return format(
            "%s: %,d rows in %,d objects, %.0f MB stored, %.0f MB uncompressed; %d rounds, rows equal%n%n",
            dataset.name(),
            dataset.rows(),
            dataset.objects(),
            files.storedBytes() / 1e6,
            files.plainBytes() / 1e6,
            rounds.size())
        + table
        + "\nPenstock, CPU s by process: "
        + processes();
  }

  private String processes() {
    return rounds.get(0).get(0).cpuSeconds().keySet().stream()
        .map(name -> name + " " + spread(0, cost -> cost.cpuSeconds().get(name)))
        .collect(Collectors.joining(", "));
  }

  private Spread spread(int loader, ToDoubleFunction<Cost> figure) {
    return Spread.of(
        rounds.stream().map(round -> figure.applyAsDouble(round.get(loader))).toList());
  }

  /** Of each round's own figures: between two rounds the machine may be slower. */
  private Spread ratios(int loader) {
    return Spread.of(
        IntStream.range(0, rounds.size())
            .mapToObj(round -> rounds.get(round).get(0).cpu() / rounds.get(round).get(loader).cpu())
            .toList());
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
