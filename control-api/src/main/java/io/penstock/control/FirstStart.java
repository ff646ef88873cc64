package io.penstock.control;

import io.penstock.control.catalog.Catalog;
import io.penstock.control.config.Settings;
import io.penstock.control.identity.Accounts;
import io.penstock.control.identity.Passwords;
import io.penstock.control.identity.PersonalKeys;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * What was made because nothing was there yet.
 *
 * @param apiKey of the organization
 * @param password of the user
 * @param exportKey of the user, for exports
 */
record FirstStart(Optional<String> apiKey, Optional<String> password, Optional<String> exportKey) {
  private static final int SECRET_BYTES = 24;

  static FirstStart of(
      Settings settings,
      Catalog catalog,
      Accounts accounts,
      Passwords passwords,
      PersonalKeys keys) {
    String key = given(settings.get(Settings.BOOTSTRAP_API_KEY), "pok_");
    boolean first = catalog.bootstrap(settings.get(Settings.BOOTSTRAP_ORGANIZATION), key);
    String password = given(settings.get(Settings.BOOTSTRAP_PASSWORD), "");
    boolean firstUser =
        accounts.bootstrap(settings.get(Settings.BOOTSTRAP_USER), () -> passwords.hash(password));
    String exportKey = given(settings.get(Settings.BOOTSTRAP_EXPORT_KEY), PersonalKeys.PREFIX);
    boolean firstKey = keys.bootstrap(exportKey);
    return new FirstStart(
        first ? Optional.of(key) : Optional.empty(),
        firstUser ? Optional.of(password) : Optional.empty(),
        firstKey ? Optional.of(exportKey) : Optional.empty());
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
