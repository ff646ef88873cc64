package io.penstock.control.dialect.hydrolix;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GoLayoutTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "2006/01/02 15:04; uuuu/MM/dd H:mm",
        "02/Jan/2006:15:04 -0700; dd/MMM/uuuu:H:mm xx",
        "2006-01-02; uuuu-MM-dd",
        "2006-01-02 03:04 PM; uuuu-MM-dd hh:mm a",
        "2006-01-02T15:04:05.000Z; uuuu-MM-dd'T'H:mm:ss.SSS'Z'",
      })
  void layoutsBecomePatterns(String layout, String pattern) {
    assertThat(GoLayout.toPattern(layout)).contains(pattern);
  }

  @Test
  void whatIsNoCompleteDateIsRefused() {
    assertThat(GoLayout.toPattern("15:04:05")).isEmpty();
    assertThat(GoLayout.toPattern("2006-01-02 03:04")).isEmpty();
    assertThat(GoLayout.toPattern("")).isEmpty();
  }
}
