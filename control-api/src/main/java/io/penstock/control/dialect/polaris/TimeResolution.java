package io.penstock.control.dialect.polaris;

import io.penstock.spec.expression.Expression;
import io.penstock.spec.expression.ScalarFunction;
import io.penstock.spec.expression.ValueType;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** To what the times of an aggregate table's rows are floored, in UTC. */
enum TimeResolution {
  MILLISECOND("", Duration.ofMillis(1)),
  SECOND("PT1S", Duration.ofSeconds(1)),
  MINUTE("PT1M", Duration.ofMinutes(1)),
  FIFTEEN_MINUTE("PT15M", Duration.ofMinutes(15)),
  THIRTY_MINUTE("PT30M", Duration.ofMinutes(30)),
  HOUR("PT1H", Duration.ofHours(1)),
  DAY("P1D", Duration.ofDays(1)),
  WEEK("P1W", Duration.ofDays(7)),
  MONTH("P1M", Duration.ofDays(28)),
  QUARTER("P3M", Duration.ofDays(90)),
  YEAR("P1Y", Duration.ofDays(365)),
  ALL("", Duration.ofDays(366));

  static final List<String> NAMES = Arrays.stream(values()).map(TimeResolution::wireName).toList();

  private final String period;
  private final Duration shortest;

  TimeResolution(String period, Duration shortest) {
    this.period = period;
    this.shortest = shortest;
  }

  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<TimeResolution> of(String wireName) {
    return Arrays.stream(values()).filter(one -> one.wireName().equals(wireName)).findFirst();
  }

  /** Whether no period of it is in two buckets. */
  boolean fits(Partitioning partitioning) {
    return partitioning == Partitioning.ALL
        || (this != WEEK && shortest.compareTo(partitioning.shortest()) <= 0);
  }

  /** The same time, floored. */
  Expression floor(Expression time) {
    return switch (this) {
      // Whole milliseconds are what these casts are about.
      case MILLISECOND -> cast(cast(time, ValueType.BIGINT), ValueType.TIMESTAMP);
      case ALL ->
          new Expression.Call(
              ScalarFunction.CASE,
              List.of(
                  new Expression.Call(ScalarFunction.IS_NULL, List.of(time), ValueType.BOOLEAN),
                  Expression.Constant.none(ValueType.TIMESTAMP),
                  new Expression.Constant(ValueType.TIMESTAMP, Optional.of("0"))),
              ValueType.TIMESTAMP);
      default ->
          new Expression.Call(
              ScalarFunction.TIME_FLOOR,
              List.of(time, text(period), Expression.Constant.none(ValueType.TIMESTAMP), text("Z")),
              ValueType.TIMESTAMP);
    };
  }

  private static Expression cast(Expression expression, ValueType type) {
    return new Expression.Call(ScalarFunction.CAST, List.of(expression), type);
  }

  private static Expression text(String value) {
    return new Expression.Constant(ValueType.VARCHAR, Optional.of(value));
  }
}
