package io.penstock.job.typed.parquet;

import io.penstock.job.typed.ValueTarget;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Base64;
import java.util.UUID;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.Float16LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** Gives a column's values, as they are stored, the meaning that the file says they have. */
final class ScalarConverter extends PrimitiveConverter {
  private static final long JULIAN_DAY_OF_EPOCH = 2_440_588;
  private static final long SECONDS_PER_DAY = 86_400;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final LogicalTypeAnnotation logical;
  private final boolean isUnsigned;
  private final boolean isText;
  private final boolean isInt96;
  private final int scale;
  private final ValueTarget target;
  private final Cursor cursor;
  private final Runnable added;

  /**
   * @param cursor at the row that values are of
   * @param added is run behind each value
   */
  ScalarConverter(
      PrimitiveType type,
      boolean binaryAsString,
      ValueTarget target,
      Cursor cursor,
      Runnable added) {
    this.logical = type.getLogicalTypeAnnotation();
    this.isUnsigned = logical instanceof IntLogicalTypeAnnotation whole && !whole.isSigned();
    this.isText = isText(type, binaryAsString);
    this.isInt96 = type.getPrimitiveTypeName() == PrimitiveTypeName.INT96;
    this.scale = logical instanceof DecimalLogicalTypeAnnotation decimal ? decimal.getScale() : 0;
    this.target = target;
    this.cursor = cursor;
    this.added = added;
  }

  static boolean isText(PrimitiveType type, boolean binaryAsString) {
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    boolean isBinary =
        type.getPrimitiveTypeName() == PrimitiveTypeName.BINARY
            || type.getPrimitiveTypeName() == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
    return isBinary
        && (logical instanceof StringLogicalTypeAnnotation
            || logical instanceof EnumLogicalTypeAnnotation
            || (logical == null && binaryAsString));
  }

  @Override
  public void addBoolean(boolean value) {
    target.truth(cursor.row, value);
    added.run();
  }

  @Override
  public void addFloat(float value) {
    target.single(cursor.row, value);
    added.run();
  }

  @Override
  public void addDouble(double value) {
    target.floating(cursor.row, value);
    added.run();
  }

  @Override
  public void addInt(int value) {
    if (logical instanceof DateLogicalTypeAnnotation) {
      target.day(cursor.row, LocalDate.ofEpochDay(value));
      added.run();
    } else {
      addLong(isUnsigned ? Integer.toUnsignedLong(value) : value);
    }
  }

  @Override
  public void addLong(long value) {
    if (logical instanceof TimestampLogicalTypeAnnotation timestamp) {
      target.instant(cursor.row, instant(value, timestamp.getUnit()));
    } else if (logical instanceof DecimalLogicalTypeAnnotation) {
      target.decimal(cursor.row, BigDecimal.valueOf(value, scale));
    } else if (logical instanceof TimeLogicalTypeAnnotation time) {
      putTime(value, time.getUnit());
    } else if (isUnsigned && value < 0) {
      target.decimal(cursor.row, new BigDecimal(Long.toUnsignedString(value)));
    } else {
      target.whole(cursor.row, value);
    }
    added.run();
  }

  static Instant instant(long value, TimeUnit unit) {
    long each = perSecond(unit);
    return Instant.ofEpochSecond(
        Math.floorDiv(value, each), Math.floorMod(value, each) * (NANOS_PER_SECOND / each));
  }

  private static long perSecond(TimeUnit unit) {
    return switch (unit) {
      case MILLIS -> 1_000;
      case MICROS -> 1_000_000;
      case NANOS -> NANOS_PER_SECOND;
    };
  }

  /** What is no time of a day is but a number. */
  private void putTime(long value, TimeUnit unit) {
    long each = perSecond(unit);
    if (value < 0 || value >= SECONDS_PER_DAY * each) {
      target.whole(cursor.row, value);
    } else {
      LocalTime time = LocalTime.ofNanoOfDay(value * (NANOS_PER_SECOND / each));
      target.timeOfDay(cursor.row, time, value);
    }
  }

  @Override
  public void addBinary(Binary value) {
    if (isText) {
      byte[] bytes = value.getBytesUnsafe();
      target.text(cursor.row, bytes, 0, bytes.length);
    } else if (isInt96) {
      target.instant(cursor.row, int96(value.toByteBuffer()));
    } else if (logical instanceof DecimalLogicalTypeAnnotation) {
      target.decimal(cursor.row, new BigDecimal(new BigInteger(value.getBytesUnsafe()), scale));
    } else if (logical instanceof JsonLogicalTypeAnnotation) {
      target.json(cursor.row, value.toStringUsingUTF8());
    } else if (logical instanceof UUIDLogicalTypeAnnotation) {
      ByteBuffer bytes = value.toByteBuffer();
      put(new UUID(bytes.getLong(bytes.position()), bytes.getLong(bytes.position() + 8)));
    } else if (logical instanceof Float16LogicalTypeAnnotation) {
      ByteBuffer bytes = value.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
      target.single(cursor.row, Float16.toFloat(bytes.getShort(bytes.position())));
    } else {
      put(Base64.getEncoder().encodeToString(value.getBytesUnsafe()));
    }
    added.run();
  }

  private void put(Object text) {
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    target.text(cursor.row, bytes, 0, bytes.length);
  }

  /** Nanoseconds of a day and the day by Julian count, as old writers had it. */
  private static Instant int96(ByteBuffer value) {
    ByteBuffer bytes = value.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    long nanos = bytes.getLong(bytes.position());
    long day = bytes.getInt(bytes.position() + Long.BYTES) - JULIAN_DAY_OF_EPOCH;
    return Instant.ofEpochSecond(day * SECONDS_PER_DAY, nanos);
  }

  /** The row that values are being read of. */
  static final class Cursor {
    int row;
  }
}
