package io.penstock.control.identity;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTVerifier.BaseVerification;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.exceptions.JWTVerificationException;
import com.auth0.jwt.interfaces.DecodedJWT;
import com.auth0.jwt.interfaces.JWTVerifier;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * Signed tokens. Nothing of them is stored: they outlive a restart, and every replica with the same
 * key takes them. Thread-safe.
 */
public final class Tokens {
  private static final String ISSUER = "penstock";
  private static final String GENERATION = "gen";
  private static final byte[] PURPOSE = "penstock tokens 1".getBytes(StandardCharsets.UTF_8);

  /** Replicas' clocks differ a little. */
  private static final long CLOCK_SKEW_SECONDS = 60;

  private final Algorithm algorithm;
  private final JWTVerifier verifier;
  private final Clock clock;

  private Tokens(byte[] key, Clock clock) {
    this.algorithm = Algorithm.HMAC256(key);
    this.clock = clock;
    this.verifier =
        ((BaseVerification)
                JWT.require(algorithm)
                    .withIssuer(ISSUER)
                    .withClaimPresence("exp")
                    .withClaimPresence(GENERATION)
                    .acceptIssuedAt(CLOCK_SKEW_SECONDS))
            .build(clock);
  }

  /**
   * @param secretKey the server's, in base64; tokens are signed with a key derived from it
   */
  public static Tokens of(String secretKey, Clock clock) {
    return new Tokens(
        Hkdf.derive(Base64.getDecoder().decode(secretKey), new byte[0], PURPOSE), clock);
  }

  /** Whose it is, and of which generation. */
  record Claims(UUID account, long generation) {}

  String issue(Account account, Instant expiry) {
    return JWT.create()
        .withIssuer(ISSUER)
        .withSubject(account.id().toString())
        .withClaim(GENERATION, account.tokenGeneration())
        .withIssuedAt(clock.instant())
        .withExpiresAt(expiry)
        .sign(algorithm);
  }

  /** Empty if it is not one of ours, or has expired. */
  Optional<Claims> verify(String token) {
    try {
      DecodedJWT decoded = verifier.verify(token);
      return Optional.of(
          new Claims(UUID.fromString(decoded.getSubject()), decoded.getClaim(GENERATION).asLong()));
    } catch (JWTVerificationException e) {
      return Optional.empty();
    }
  }
}
