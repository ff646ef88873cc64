package io.penstock.job.expression;

import io.penstock.job.record.ColumnVector;
import io.penstock.spec.expression.Expression;
import io.penstock.spec.expression.IpBlock;
import io.penstock.spec.expression.ValueType;
import java.util.Optional;

/** Functions of IP addresses. */
final class IpAddresses {
  private static final long MAX_V4 = 0xffff_ffffL;

  private IpAddresses() {}

  static RowFunction of(Expression.Call call) {
    boolean whole = call.arguments().get(0).type() == ValueType.BIGINT;
    return switch (call.function()) {
      case IPV4_PARSE ->
          (a, row, result, losses) -> {
            Optional<Long> address = v4(a[0], row, whole);
            if (address.isPresent()) {
              result.setLong(row, address.get());
            } else {
              lost(a[0], row, whole, losses);
            }
          };
      case IPV4_STRINGIFY ->
          (a, row, result, losses) -> {
            Optional<Long> address = v4(a[0], row, whole);
            if (address.isPresent()) {
              Values.set(result, row, IpBlock.written(address.get()));
            } else {
              lost(a[0], row, whole, losses);
            }
          };
      case IPV4_MATCH -> {
        IpBlock block = block(call);
        yield (a, row, result, losses) ->
            Values.set(
                result,
                row,
                !a[0].isNull(row) && v4(a[0], row, whole).filter(block::containsV4).isPresent());
      }
      case IPV6_MATCH -> {
        IpBlock block = block(call);
        yield (a, row, result, losses) ->
            Values.set(result, row, !a[0].isNull(row) && block.containsV6(Values.text(a[0], row)));
      }
      default -> throw new IllegalArgumentException("not of addresses: " + call.function());
    };
  }

  private static IpBlock block(Expression.Call call) {
    return IpBlock.parse(((Expression.Constant) call.arguments().get(1)).value().orElseThrow());
  }

  private static Optional<Long> v4(ColumnVector values, int row, boolean whole) {
    if (!whole) {
      return IpBlock.v4(Values.text(values, row));
    }
    long address = values.longAt(row);
    return address >= 0 && address <= MAX_V4 ? Optional.of(address) : Optional.empty();
  }

  private static void lost(ColumnVector values, int row, boolean whole, Losses losses) {
    String shown = whole ? Long.toString(values.longAt(row)) : Values.text(values, row);
    Conversions.lost(row, shown, "an IPv4 address", losses);
  }
}
