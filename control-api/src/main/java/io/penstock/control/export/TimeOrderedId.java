package io.penstock.control.export;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/** Ids that sort by when they were made (UUID version 7). */
public final class TimeOrderedId {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final long VERSION = 0x7000L;
  private static final long VARIANT = 0x8000000000000000L;

  private TimeOrderedId() {}

  public static UUID at(Instant now) {
    long high = (now.toEpochMilli() << 16) | VERSION | (RANDOM.nextLong() & 0xFFFL);
    return new UUID(high, (RANDOM.nextLong() & 0x3FFFFFFFFFFFFFFFL) | VARIANT);
  }
}
