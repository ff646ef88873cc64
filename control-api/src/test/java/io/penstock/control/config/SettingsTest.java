package io.penstock.control.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class SettingsTest {
  private static final Map<String, String> REQUIRED =
      Map.of(
          "penstock.database.url", "jdbc:postgresql://127.0.0.1/penstock",
          "penstock.flink.url", "http://127.0.0.1:8081",
          "penstock.flink.job-jar", "penstock-job.jar",
          "penstock.flink.checkpoints", "s3://b/c",
          "penstock.flink.savepoints", "s3://b/s",
          "penstock.storage.bucket", "b",
          "penstock.storage.access-key-id", "a",
          "penstock.storage.secret-access-key", "s",
          "penstock.secret-key", "k");

  @Test
  void whatIsNotGivenHasItsDefault() {
    assertThat(Settings.of(REQUIRED).get(Settings.HTTP_PORT)).isEqualTo(8080);
  }

  @Test
  void everythingThatIsWrongIsNamedAtOnce() {
    Map<String, String> given = new HashMap<>(REQUIRED);
    given.remove("penstock.flink.url");
    given.put("penstock.http.port", "eighty");
    given.put("penstock.htpp.host", "x");

    assertThatThrownBy(() -> Settings.of(given))
        .hasMessageContaining("penstock.flink.url: must be given")
        .hasMessageContaining("penstock.http.port: cannot read 'eighty'")
        .hasMessageContaining("penstock.htpp.host: there is no such setting");
  }

  @Test
  void theReadmeHasTheTableOfSettings() throws Exception {
    String table =
        Settings.ALL.stream()
            .map(
                s ->
                    "| `%s` | %s | %s |"
                        .formatted(
                            s.key(),
                            s.defaultText()
                                .map(d -> d.isEmpty() ? "" : "`" + d + "`")
                                .orElse("required"),
                            s.sentence()))
            .collect(Collectors.joining("\n"));

    assertThat(Files.readString(Path.of("README.md"))).contains(table);
  }
}
