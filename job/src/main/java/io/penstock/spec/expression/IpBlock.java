package io.penstock.spec.expression;

import io.penstock.spec.Check;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of IP addresses, such as {@code 10.0.0.0/8}; one address is a block too.
 *
 * @param address 4 or 16 bytes
 * @param bits how many of them addresses in the block begin with
 */
public record IpBlock(byte[] address, int bits) {
  private static final int V4_BYTES = 4;
  private static final int V6_BYTES = 16;
  private static final Pattern V4 =
      Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
  private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:.]{2,45}");

  /**
   * @throws IllegalArgumentException if the text is no block; the message is for people
   */
  public static IpBlock parse(String text) {
    int slash = text.indexOf('/');
    String host = slash < 0 ? text : text.substring(0, slash);
    Optional<byte[]> address = host.contains(":") ? v6(host) : v4(host).map(IpBlock::bytes);
    Check.that(address.isPresent(), "'%s' is no block of IP addresses", text);
    int most = address.orElseThrow().length * Byte.SIZE;
    String bits = slash < 0 ? Integer.toString(most) : text.substring(slash + 1);
    Check.that(
        bits.matches("\\d{1,3}") && Integer.parseInt(bits) <= most,
        "'%s' is no block of IP addresses",
        text);
    return new IpBlock(address.get(), Integer.parseInt(bits));
  }

  /** Of an address with four numbers. */
  public static Optional<Long> v4(String text) {
    Matcher matcher = V4.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long address = 0;
    for (int group = 1; group <= V4_BYTES; group++) {
      int part = Integer.parseInt(matcher.group(group));
      if (part > 255) {
        return Optional.empty();
      }
      address = address << Byte.SIZE | part;
    }
    return Optional.of(address);
  }

  /** The four numbers of an address. */
  public static String written(long address) {
    return (address >> 24 & 255)
        + "."
        + (address >> 16 & 255)
        + "."
        + (address >> 8 & 255)
        + "."
        + (address & 255);
  }

  private static byte[] bytes(long address) {
    return new byte[] {
      (byte) (address >> 24), (byte) (address >> 16), (byte) (address >> 8), (byte) address
    };
  }

  /** Only literals get past the pattern: no name is ever looked up. */
  private static Optional<byte[]> v6(String text) {
    if (!text.contains(":") || !V6.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      byte[] address = InetAddress.getByName(text).getAddress();
      return Optional.of(address.length == V6_BYTES ? address : mapped(address));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  private static byte[] mapped(byte[] v4) {
    byte[] address = new byte[V6_BYTES];
    address[10] = (byte) 0xff;
    address[11] = (byte) 0xff;
    System.arraycopy(v4, 0, address, V6_BYTES - V4_BYTES, V4_BYTES);
    return address;
  }

  public boolean containsV4(long other) {
    return contains(bytes(other));
  }

  /** False if the text is no such address. */
  public boolean containsV6(String other) {
    return v6(other).filter(this::contains).isPresent();
  }

  private boolean contains(byte[] other) {
    if (other.length != address.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> bit % Byte.SIZE;
      if (((address[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
