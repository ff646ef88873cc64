package io.penstock.control.identity;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Derives keys from a key (RFC 5869 with SHA-256), so that no two purposes share one. */
final class Hkdf {
  private static final String MAC = "HmacSHA256";
  private static final int BYTES = 32;

  private Hkdf() {}

  /**
   * @param info the purpose
   * @return 32 bytes
   */
  static byte[] derive(byte[] key, byte[] salt, byte[] info) {
    byte[] pseudorandom = mac(salt.length == 0 ? new byte[BYTES] : salt, key);
    byte[] block = Arrays.copyOf(info, info.length + 1);
    block[info.length] = 1;
    return mac(pseudorandom, block);
  }

  private static byte[] mac(byte[] key, byte[] message) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(new SecretKeySpec(key, MAC));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + MAC, e);
    }
  }
}
