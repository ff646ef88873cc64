package io.penstock.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SecretBoxTest {
  private static final S3Credentials CREDENTIALS =
      new S3Credentials("AKEXAMPLE", "very-secret", Optional.empty());

  @Test
  void whatIsSealedIsOpenedWithTheSameKey() {
    String key = SecretBox.newKey();

    SealedSecret sealed = SecretBox.of(key).seal(CREDENTIALS);

    assertThat(SecretBox.of(key).open(sealed)).isEqualTo(CREDENTIALS);
    assertThat(sealed.text()).doesNotContain("very-secret");
  }

  @Test
  void theSameSecretIsSealedDifferentlyEachTime() {
    SecretBox box = SecretBox.of(SecretBox.newKey());

    assertThat(box.seal(CREDENTIALS)).isNotEqualTo(box.seal(CREDENTIALS));
  }

  @Test
  void anotherKeyDoesNotOpenIt() {
    SealedSecret sealed = SecretBox.of(SecretBox.newKey()).seal(CREDENTIALS);

    assertThatThrownBy(() -> SecretBox.of(SecretBox.newKey()).open(sealed))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(SecretBox.KEY_VARIABLE);
  }

  @Test
  void textIsSealedAndOpenedAsText() {
    SecretBox box = SecretBox.of(SecretBox.newKey());
    SealedSecret sealed = box.sealText("{\"token\": \"h\u00fctet\"}");

    assertThat(box.openText(sealed)).isEqualTo("{\"token\": \"h\u00fctet\"}");
    assertThatThrownBy(() -> SecretBox.of(SecretBox.newKey()).openText(sealed))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aSecretIsNotPrinted() {
    assertThat(CREDENTIALS.toString()).contains("AKEXAMPLE").doesNotContain("very-secret");
  }

  @Test
  void aShortKeyIsRefused() {
    assertThatThrownBy(() -> SecretBox.of("c2hvcnQ="))
        .hasMessage("key must have 32 bytes but had 5");
  }
}
