package io.penstock.spec;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RecordFormatTest {
  private static void build(char delimiter, char quote, char escape, char comment) {
    new RecordFormat.Csv(
        delimiter, Optional.of(quote), Optional.of(escape), Optional.of(comment), 0, false);
  }

  @Test
  void aDelimiterThatIsAlsoQuoteOrEscapeIsRefused() {
    assertThatThrownBy(() -> build('|', '|', '"', '#'))
        .hasMessage("delimiter must differ from quote but both were '|'");
    assertThatThrownBy(() -> build('|', '"', '|', '#'))
        .hasMessage("delimiter must differ from escape but both were '|'");
  }

  @Test
  void aCharacterOfMoreThanOneByteIsRefused() {
    assertThatThrownBy(() -> build('¦', '"', '"', '#'))
        .hasMessage("delimiter must be ASCII but was U+00A6");
    assertThatThrownBy(() -> build(',', '“', '"', '#'))
        .hasMessage("quote must be ASCII but was U+201C");
  }

  @Test
  void aLineEndIsNoFormatCharacter() {
    assertThatThrownBy(() -> build('\r', '"', '"', '#'))
        .hasMessage("delimiter must not be a line end");
    assertThatThrownBy(() -> build(',', '"', '"', '\n'))
        .hasMessage("comment must not be a line end");
  }
}
