package io.penstock.control.expression;

import io.penstock.spec.expression.CalendarPeriod;
import io.penstock.spec.expression.Expression;
import io.penstock.spec.expression.IpBlock;
import io.penstock.spec.expression.JodaPattern;
import io.penstock.spec.expression.RegularExpression;
import io.penstock.spec.expression.TimePart;
import io.penstock.spec.expression.ValuePath;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Consumer;

/** The rules that there are for literals. */
final class LiteralRules {
  /** It is one. */
  static final LiteralRule LITERAL =
      argument ->
          argument instanceof Expression.Constant
              ? Optional.empty()
              : Optional.of("This argument must be a literal.");

  static final LiteralRule PERIOD = made(CalendarPeriod::parse, false);
  static final LiteralRule TIME_PATTERN = made(JodaPattern::new, true);
  static final LiteralRule REGEX = made(RegularExpression::new, true);
  static final LiteralRule PATH = made(ValuePath::parse, false);
  static final LiteralRule BLOCK = made(IpBlock::parse, false);
  static final LiteralRule ZONE = made(LiteralRules::zone, false);
  static final LiteralRule TIME_PART = made(LiteralRules::timePart, false);
  static final LiteralRule LITERAL_COUNT =
      argument -> LITERAL.refusal(argument).or(() -> atLeast(0).refusal(argument));

  private LiteralRules() {}

  /** A literal of which something can be made. */
  private static LiteralRule made(Consumer<String> maker, boolean mayBeNull) {
    return argument -> {
      Optional<String> refusal = LITERAL.refusal(argument);
      if (refusal.isPresent()) {
        return refusal;
      }
      Optional<String> value = ((Expression.Constant) argument).value();
      if (value.isEmpty()) {
        return mayBeNull ? Optional.empty() : Optional.of("This argument must not be NULL.");
      }
      try {
        maker.accept(value.get());
        return Optional.empty();
      } catch (IllegalArgumentException e) {
        return Optional.of(sentence(e.getMessage()));
      }
    };
  }

  private static String sentence(String message) {
    return Character.toUpperCase(message.charAt(0)) + message.substring(1) + ".";
  }

  private static void zone(String name) {
    try {
      ZoneId.of(name);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("'" + name + "' is no time zone", e);
    }
  }

  private static void timePart(String name) {
    if (TimePart.find(name).isEmpty()) {
      throw new IllegalArgumentException("'" + name + "' is no unit of time");
    }
  }

  static LiteralRule atLeast(long least) {
    return argument -> {
      boolean tooSmall =
          argument instanceof Expression.Constant constant
              && constant.value().map(Long::parseLong).filter(value -> value < least).isPresent();
      return tooSmall
          ? Optional.of("This argument must be at least " + least + ".")
          : Optional.empty();
    };
  }
}
