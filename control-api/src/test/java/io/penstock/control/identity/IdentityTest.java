package io.penstock.control.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.interfaces.DecodedJWT;
import io.penstock.control.catalog.Caller;
import io.penstock.control.catalog.Callers;
import io.penstock.control.catalog.Permissions;
import io.penstock.control.job.Principal;
import io.penstock.spec.SecretBox;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class IdentityTest {
  private static final Passwords PASSWORDS = new Passwords();
  private static final Duration DAY = Duration.ofDays(1);
  private static final Caller KEY_HOLDER =
      new Caller(FakeAccounts.ACME, new Principal(UUID.randomUUID(), "admin"), Permissions.ALL);
  private static final Callers KEYS =
      credential -> credential.equals("pok_key") ? Optional.of(KEY_HOLDER) : Optional.empty();

  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-25T03:00:00Z"));
  private final FakeAccounts accounts = new FakeAccounts();
  private final String key = SecretBox.newKey();
  private Account ops;

  @BeforeEach
  void opsExists() {
    accounts.bootstrap("Ops@Acme.example", () -> PASSWORDS.hash("péage 9"));
    ops = accounts.person("ops@acme.example").orElseThrow();
  }

  private Identity identity() {
    return new Identity(accounts, new FakeRoles(), PASSWORDS, Tokens.of(key, clock), KEYS, clock);
  }

  @Test
  void thePasswordLetsInAndNothingElseDoes() {
    assertThat(identity().login("ops@acme.example", "péage 9")).contains(ops);
    assertThat(identity().login("ops@acme.example", "péage 8")).isEmpty();
    assertThat(identity().login("ops@acme.example", "")).isEmpty();
    assertThat(identity().login("eve@acme.example", "péage 9")).isEmpty();
  }

  @Test
  void twoHashesOfAPasswordDifferAndHoldNothingOfIt() {
    String hash = PASSWORDS.hash("secret");

    assertThat(hash).startsWith("$argon2id$").doesNotContain("secret");
    assertThat(PASSWORDS.hash("secret")).isNotEqualTo(hash);
    assertThat(PASSWORDS.matches("secret", hash)).isTrue();
  }

  @Test
  void aTokenNamesItsHolderAcrossARestart() {
    String token = identity().token(ops, clock.instant().plus(DAY));

    Caller caller = identity().caller(token).orElseThrow();

    assertThat(caller.principal()).isEqualTo(new Principal(ops.id(), "Ops@Acme.example"));
    assertThat(caller.permissions().superuser()).isTrue();
  }

  @Test
  void theClaimsThatClientsReadAreNumbers() {
    DecodedJWT token = JWT.decode(identity().token(ops, clock.instant().plus(DAY)));

    assertThat(token.getClaim("iat").asLong()).isEqualTo(clock.instant().getEpochSecond());
    assertThat(token.getClaim("exp").asLong())
        .isEqualTo(clock.instant().plus(DAY).getEpochSecond());
  }

  @Test
  void aTokenEndsWithItsTime() {
    String token = identity().token(ops, clock.instant().plus(DAY));
    clock.pass(DAY.minusSeconds(1));
    assertThat(identity().caller(token)).isPresent();

    clock.pass(Duration.ofSeconds(2));

    assertThat(identity().caller(token)).isEmpty();
  }

  @Test
  void revokedTokensAndThoseOfDeletedAccountsAreDead() {
    Account loader = identity().create(FakeAccounts.ACME, "loader");
    String first = identity().token(loader, clock.instant().plus(DAY));

    identity().revokeTokens(loader);

    assertThat(identity().caller(first)).isEmpty();
    String second =
        identity().token(accounts.find(loader.id()).orElseThrow(), clock.instant().plus(DAY));
    assertThat(identity().caller(second)).isPresent();
    identity().delete(loader);
    assertThat(identity().caller(second)).isEmpty();
  }

  @Test
  void aTokenThatWeDidNotSignIsNone() {
    Instant expiry = clock.instant().plus(DAY);
    String token = identity().token(ops, expiry);
    String payload = token.split("\\.", -1)[1];
    String unsigned =
        Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8))
            + "."
            + payload
            + ".";
    // The server's key itself, which the Flink processes hold, signs no tokens.
    String wrongKey =
        JWT.create()
            .withIssuer("penstock")
            .withSubject(ops.id().toString())
            .withClaim("gen", 0)
            .withIssuedAt(clock.instant())
            .withExpiresAt(expiry)
            .sign(Algorithm.HMAC256(Base64.getDecoder().decode(key)));

    assertThat(identity().caller(token)).isPresent();
    assertThat(identity().caller(unsigned)).isEmpty();
    assertThat(identity().caller(wrongKey)).isEmpty();
    assertThat(identity().caller(token.substring(0, token.length() - 4))).isEmpty();
    assertThat(
            new Identity(
                    accounts,
                    new FakeRoles(),
                    PASSWORDS,
                    Tokens.of(SecretBox.newKey(), clock),
                    KEYS,
                    clock)
                .caller(token))
        .isEmpty();
  }

  @Test
  void apiKeysStayWhatTheyAre() {
    assertThat(identity().caller("pok_key")).contains(KEY_HOLDER);
    assertThat(identity().caller("pok_other")).isEmpty();
  }
}
