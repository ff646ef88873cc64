package io.penstock.control.dialect.polaris;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GlobTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rides/*.csv | rides/a.csv | true",
        "rides/*.csv | rides/x/a.csv | false",
        "rides/**.csv | rides/x/a.csv | true",
        "rides/2024-06/0[12]/*.csv.gz | rides/2024-06/02/b.csv.gz | true",
        "rides/2024-06/0[12]/*.csv.gz | rides/2024-06/03/b.csv.gz | false",
        "a/?.json | a/b.json | true",
        "a/?.json | a/.json | false",
        "a/?b | a//b | false",
        "{a,b/c}/x | b/c/x | true",
        "{a,b/c}/x | ab/c/x | false",
        "{a,b{1,2}}x | b2x | true",
        "a[!0-9] | ab | true",
        "a[!0-9] | a1 | false",
        "a.c | abc | false",
        "a\\*b | a*b | true",
        "a\\*b | axb | false",
        "a,b | a,b | true",
        "a+(b)|a+(b)|true",
      })
  void aKeyMatchesAsAWhole(String glob, String key, boolean matches) {
    Glob parsed = Glob.parse(glob).orElseThrow();

    assertThat(Pattern.compile("^" + parsed.expression() + "$").matcher(key).find())
        .isEqualTo(matches);
    if (matches) {
      assertThat(key).startsWith(parsed.head());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a[b", "a{b", "a\\", "a[z-a]"})
  void whatIsNotClosedIsNoGlob(String glob) {
    assertThat(Glob.parse(glob)).isEmpty();
  }

  @Test
  void theHeadEndsWhereTheFirstSpecialCharacterIs() {
    assertThat(Glob.parse("a/b*c").orElseThrow().head()).isEqualTo("a/b");
    assertThat(Glob.parse("a/b").orElseThrow().head()).isEqualTo("a/b");
  }
}
