package io.penstock.spec;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals and opens secrets with the one key that the control API and the Flink processes share
 * through their environment. Thread-safe.
 */
public final class SecretBox {
  /** The environment variable that holds the key: 32 bytes in base64. */
  public static final String KEY_VARIABLE = "PENSTOCK_SECRET_KEY";

  private static final String TRANSFORMATION = "AES/GCM/NoPadding";
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecretKeySpec key;
  private final SecureRandom random = new SecureRandom();

  private SecretBox(byte[] key) {
    Check.that(key.length == KEY_BYTES, "key must have %d bytes but had %d", KEY_BYTES, key.length);
    this.key = new SecretKeySpec(key, "AES");
  }

  /**
   * @throws IllegalArgumentException if the text is not base64 of 32 bytes
   */
  public static SecretBox of(String base64Key) {
    return new SecretBox(Base64.getDecoder().decode(base64Key));
  }

  /** A new random key in the form that {@link #of} takes. */
  public static String newKey() {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return Base64.getEncoder().encodeToString(key);
  }

  public SealedSecret seal(S3Credentials credentials) {
    return sealed(SpecJson.write(credentials));
  }

  /** Seals what is no pair of keys, and is never sent to Flink. */
  public SealedSecret sealText(String text) {
    return sealed(text.getBytes(StandardCharsets.UTF_8));
  }

  private SealedSecret sealed(byte[] plain) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      Cipher cipher = Cipher.getInstance(TRANSFORMATION);
      cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
      byte[] sealed = cipher.doFinal(plain);
      byte[] all = Arrays.copyOf(nonce, nonce.length + sealed.length);
      System.arraycopy(sealed, 0, all, nonce.length, sealed.length);
      return new SealedSecret(Base64.getEncoder().encodeToString(all));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot seal a secret", e);
    }
  }

  /**
   * @throws IllegalArgumentException if it was sealed with another key, or altered
   */
  public S3Credentials open(SealedSecret secret) {
    return SpecJson.read(opened(secret), S3Credentials.class);
  }

  /**
   * What {@link #sealText} sealed.
   *
   * @throws IllegalArgumentException if it was sealed with another key, or altered
   */
  public String openText(SealedSecret secret) {
    return new String(opened(secret), StandardCharsets.UTF_8);
  }

  private byte[] opened(SealedSecret secret) {
    byte[] all = Base64.getDecoder().decode(secret.text());
    Check.that(all.length > NONCE_BYTES, "sealed secret must have more than %d bytes", NONCE_BYTES);
    try {
      Cipher cipher = Cipher.getInstance(TRANSFORMATION);
      cipher.init(
          Cipher.DECRYPT_MODE,
          key,
          new GCMParameterSpec(TAG_BITS, Arrays.copyOf(all, NONCE_BYTES)));
      return cipher.doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "cannot open a sealed secret; is " + KEY_VARIABLE + " the key it was sealed with?", e);
    }
  }
}
