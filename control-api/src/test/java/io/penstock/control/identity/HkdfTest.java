package io.penstock.control.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HkdfTest {
  /** The SHA-256 cases of RFC 5869, cut to the first 32 bytes. */
  @ParameterizedTest
  @CsvSource({
    "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, 000102030405060708090a0b0c, f0f1f2f3f4f5f6f7f8f9,"
        + " 3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf",
    "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, '', '',"
        + " 8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d",
  })
  void theCasesOfTheRfcComeOut(String key, String salt, String info, String derived) {
    HexFormat hex = HexFormat.of();

    assertThat(Hkdf.derive(hex.parseHex(key), hex.parseHex(salt), hex.parseHex(info)))
        .isEqualTo(hex.parseHex(derived));
  }
}
