package io.penstock.control;

import io.penstock.control.catalog.Catalog;
import io.penstock.control.config.Settings;
import io.penstock.control.identity.Accounts;
import io.penstock.control.identity.Passwords;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * What was made because nothing was there yet.
 *
 * @param apiKey of the organization
 * @param password of the user
 */
record FirstStart(Optional<String> apiKey, Optional<String> password) {
  private static final int SECRET_BYTES = 24;

  static FirstStart of(Settings settings, Catalog catalog, Accounts accounts, Passwords passwords) {
    String key = given(settings.get(Settings.BOOTSTRAP_API_KEY), "pok_");
    boolean first = catalog.bootstrap(settings.get(Settings.BOOTSTRAP_ORGANIZATION), key);
    String password = given(settings.get(Settings.BOOTSTRAP_PASSWORD), "");
    boolean firstUser =
        accounts.bootstrap(settings.get(Settings.BOOTSTRAP_USER), () -> passwords.hash(password));
    return new FirstStart(
        first ? Optional.of(key) : Optional.empty(),
        firstUser ? Optional.of(password) : Optional.empty());
  }

  private static String given(String text, String prefix) {
    if (!text.isEmpty()) {
      return text;
    }
    byte[] bytes = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(bytes);
    return prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
