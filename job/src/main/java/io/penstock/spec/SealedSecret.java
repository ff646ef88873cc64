package io.penstock.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Something encrypted by {@link SecretBox}: base64 of a nonce and the AES-GCM ciphertext. */
public record SealedSecret(@JsonValue String text) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public SealedSecret {
    Check.that(text != null && !text.isEmpty(), "text must not be empty");
  }
}
