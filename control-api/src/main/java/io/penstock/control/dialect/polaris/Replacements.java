package io.penstock.control.dialect.polaris;

import io.penstock.control.job.LoadRules;
import java.util.List;
import java.util.Optional;

/** Translates what a job of mode {@code replace} replaces. Pure. */
final class Replacements {
  private Replacements() {}

  /** Empty for a job that appends, or, with a problem, if something is wrong. */
  static Optional<LoadRules.Replacement> read(
      Fields body, TableSettings table, Optional<Partitioning> partitioning) {
    boolean replace =
        body.choice("ingestionMode", List.of("append", "replace"))
            .filter("replace"::equals)
            .isPresent();
    boolean all = body.truth("replaceAll", false);
    Fields target = body.object("target", false);
    List<String> texts = target.texts("intervals");
    if (!replace) {
      if (all) {
        body.bad("replaceAll", "replaceAll needs the ingestionMode replace.");
      }
      if (!texts.isEmpty()) {
        target.bad("intervals", "intervals need the ingestionMode replace.");
      }
      return Optional.empty();
    }
    if (all != texts.isEmpty()) {
      body.bad("replaceAll", "replace needs either replaceAll true or target.intervals, not both.");
      return Optional.empty();
    }
    if (!texts.isEmpty()) {
      target.unsupported("intervals", "Intervals cannot be replaced. Use replaceAll.");
      return Optional.empty();
    }
    return Optional.of(new LoadRules.Replacement(List.of(), false));
  }
}
