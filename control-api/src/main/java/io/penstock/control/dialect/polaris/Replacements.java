package io.penstock.control.dialect.polaris;

import io.penstock.control.job.LoadRules;
import io.penstock.spec.TimeSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Translates what a job of mode {@code replace} replaces. Pure. */
final class Replacements {
  private Replacements() {}

  /** Empty for a job that appends, or, with a problem, if something is wrong. */
  static Optional<LoadRules.Replacement> read(Fields body, Optional<Partitioning> partitioning) {
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
    List<TimeSpan> spans = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      String field = "intervals[" + i + "]";
      Optional<TimeSpan> span = Interval.parse(texts.get(i));
      if (span.isEmpty()) {
        target.bad(
            field, "\"%s\" is no interval such as 2024-06-01/2024-06-03.".formatted(texts.get(i)));
      }
      span.ifPresent(spans::add);
      if (span.isPresent() && partitioning.isPresent()) {
        checkAlignment(target, field, texts.get(i), span.get(), partitioning.get());
      }
    }
    return Optional.of(new LoadRules.Replacement(Interval.merged(spans), false));
  }

  private static void checkAlignment(
      Fields target, String field, String text, TimeSpan span, Partitioning partitioning) {
    if (partitioning == Partitioning.ALL) {
      target.bad(field, "With the partitioning all there are no intervals. Use replaceAll.");
    } else if (!partitioning.aligned(span.from()) || !partitioning.aligned(span.to())) {
      target.bad(
          field,
          "%s does not align with %s partitioning.".formatted(text, partitioning.wireName()));
    }
  }
}
