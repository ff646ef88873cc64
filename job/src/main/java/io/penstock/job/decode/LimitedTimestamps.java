package io.penstock.job.decode;

import io.penstock.spec.RejectCode;
import io.penstock.spec.TimeLimits;
import java.util.Optional;

/** Keeps timestamps within limits, and cuts them off as those say. */
final class LimitedTimestamps implements Timestamps {
  private final Timestamps timestamps;
  private final TimeLimits limits;
  private final long first;
  private final long last;
  private final long latest;

  private LimitedTimestamps(Timestamps timestamps, TimeLimits limits) {
    this.timestamps = timestamps;
    this.limits = limits;
    this.first = Timestamps.micros(limits.first());
    this.last = Timestamps.micros(limits.last());
    this.latest = Timestamps.micros(limits.latest());
  }

  static Timestamps of(Timestamps timestamps, Optional<TimeLimits> limits) {
    return limits.<Timestamps>map(l -> new LimitedTimestamps(timestamps, l)).orElse(timestamps);
  }

  @Override
  public long parse(FieldKind kind, String text) throws Unconvertible {
    long micros = unlimited(kind, text);
    if (micros >= first && micros <= latest) {
      return micros - Math.floorMod(micros, limits.precision().micros());
    }
    if (micros > latest && micros <= last) {
      throw new Unconvertible(
          RejectCode.FUTURE_TIMESTAMP,
          "parsing time \"%s\": later than %s"
              .formatted(Numbers.shown(text), limits.notAfter().orElseThrow()));
    }
    if (limits.required()) {
      throw new Unconvertible(
          RejectCode.VALUE_OUT_OF_RANGE,
          "parsing time \"%s\": not from %s to %s"
              .formatted(Numbers.shown(text), limits.first(), limits.last()));
    }
    return OUTSIDE;
  }

  /** What is too far away for any timestamp is outside of the limits too. */
  private long unlimited(FieldKind kind, String text) throws Unconvertible {
    try {
      return timestamps.parse(kind, text);
    } catch (Unconvertible e) {
      if (e.code() == RejectCode.VALUE_OUT_OF_RANGE) {
        return OUTSIDE;
      }
      throw e;
    }
  }
}
