package io.penstock.control.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.spec.export.FileNames;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The contract's table of keys (case 111). */
final class KeyTemplateTest {
  private static final Instant END = Instant.parse("2023-01-01T01:00:00Z");
  private static final DataInterval HOUR =
      DataInterval.of(Instant.parse("2023-01-01T00:00:00Z"), END);
  private static final String N = "2023-01-01T00:00:00+00:00-2023-01-01T01:00:00+00:00";

  private static Destination destination(Destination.Type type, String config) {
    return new Destination(
        type, Optional.empty(), "{" + config.replace('\'', '"') + "}", Optional.empty());
  }

  private static String key(Destination destination, DataInterval interval) throws Exception {
    TargetSettings target = new TargetSettings(destination);
    FileNames names = KeyTemplate.names(target.prefix(), interval, "events", target.suffix());
    boolean numbered = target.maxFileBytes().isPresent();
    return names.file("", numbered ? OptionalInt.of(0) : OptionalInt.empty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      ignoreLeadingAndTrailingWhitespace = true,
      value = {
        "\"\"                | 'file_format':'JSONLines'                          | N.jsonl",
        "/                 | 'file_format':'JSONLines'                          | N.jsonl",
        "\"\"                | 'compression':'gzip'                               | N.jsonl.gz",
        "\"\"                | 'compression':'brotli'                             | N.jsonl.br",
        "my-prefix         | 'compression':null                                 | my-prefix/N.jsonl",
        "/my-prefix        | 'compression':null                                 | my-prefix/N.jsonl",
        "my-prefix/        | 'compression':null                                 | my-prefix/N.jsonl",
        "/my-prefix/       | 'compression':null                                 | my-prefix/N.jsonl",
        "nested/prefix/    | 'compression':null                                 | nested/prefix/N.jsonl",
        "/nested/prefix/   | 'compression':'brotli'                             | nested/prefix/N.jsonl.br",
        "/nested/prefix/   | 'file_format':'Parquet'                            | nested/prefix/N.parquet",
        "p                 | 'file_format':'Parquet','compression':'zstd'       | p/N.parquet",
        "/                 | 'max_file_size_mb':1                               | N-0.jsonl",
        "bad-{invalid}     | 'max_file_size_mb':0                               | bad-{invalid}/N.jsonl",
        "bad-{data_interval_start:hour} | 'max_file_size_mb':null               | bad-{data_interval_start:hour}/N.jsonl",
        "bad-{             | 'max_file_size_mb':null                            | bad-{/N.jsonl",
        "t={table}/d={year}-{month}-{day}/h={hour} | 'max_file_size_mb':null     | t=events/d=2023-01-01/h=01/N.jsonl",
        "a{{b}}            | 'max_file_size_mb':null                            | a{b}/N.jsonl"
      })
  void keysAreThoseOfTheContract(String prefix, String config, String expected) throws Exception {
    String all = "'prefix':'" + prefix + "'," + config;

    assertThat(key(destination(Destination.Type.COMPATIBLE, all), HOUR))
        .isEqualTo(expected.replace("N", N));
  }

  @ParameterizedTest
  @CsvSource({"snappy,sz", "gzip,gz", "brotli,br", "zstd,zst", "lz4,lz4"})
  void theOldExtensionSaysTheCodec(String codec, String suffix) throws Exception {
    String config = "'prefix':'p','file_format':'Parquet','compression':'" + codec + "'";
    String legacy = config + ",'legacy_parquet_extension':true";

    assertThat(key(destination(Destination.Type.AWS, legacy), HOUR))
        .isEqualTo("p/" + N + ".parquet." + suffix);
    assertThat(key(destination(Destination.Type.INLINE, config), HOUR))
        .isEqualTo("p/" + N + ".parquet." + suffix);
  }

  @Test
  void theBeginningOfTimeHasNames() throws Exception {
    DataInterval all = new DataInterval(Optional.empty(), END);
    Destination destination =
        destination(Destination.Type.COMPATIBLE, "'prefix':'x/{data_interval_start}'");

    assertThat(key(destination, all)).isEqualTo("x/START/None-2023-01-01T01:00:00+00:00.jsonl");
  }

  @Test
  void keysThatS3DoesNotTakeEndTheRun() {
    assertThatThrownBy(() -> KeyTemplate.names("a/../b", HOUR, "t", ".jsonl"))
        .isInstanceOf(RunException.class)
        .hasMessage("InvalidS3Key: An invalid S3 key was provided: no part of it may be . or ..");
    assertThatThrownBy(() -> KeyTemplate.names("x".repeat(1_000), HOUR, "t", ".jsonl"))
        .hasMessageContaining("An invalid S3 key was provided: it has 1066 bytes");
  }

  @Test
  void whatIsStoredAndCannotBeWrittenIsNamed() {
    assertThatThrownBy(
            () -> new TargetSettings(destination(Destination.Type.AWS, "'file_format':'invalid'")))
        .hasMessage(
            "UnsupportedFileFormatError: 'invalid' is not a supported format for S3 batch exports.");
    assertThatThrownBy(
            () -> new TargetSettings(destination(Destination.Type.AWS, "'compression':'zip'")))
        .hasMessage(
            "UnsupportedCompressionError: 'zip' is not a supported compression for S3 batch exports.");
  }
}
