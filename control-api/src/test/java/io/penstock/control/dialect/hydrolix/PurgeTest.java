package io.penstock.control.dialect.hydrolix;

import static io.penstock.control.dialect.hydrolix.TestApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deleting many jobs at once. */
final class PurgeTest {
  @Test
  void aPurgeDeletesEveryJobAndSaysHowMany(@TempDir Path folder) {
    try (TestApi api = TestApi.start(folder)) {
      String table = api.table("shop", "orders");
      api.made(
          table + "/transforms",
          "{\"name\":\"csv\",\"type\":\"csv\",\"settings\":{\"is_default\":true,\"output_columns\":[{\"name\":\"at\",\"datatype\":{\"type\":\"epoch\",\"primary\":true,\"format\":\"s\"}}]}}");
      String job =
          "{\"type\":\"batch_import\",\"settings\":{\"source\":{\"table\":\"shop.orders\",\"settings\":{\"url\":\"s3://landing\"}}}}";
      assertThat(api.send("POST", "/purgejobs/", "").json())
          .isEqualTo(json("{\"purged_jobs\": [0, {}]}"));
      api.made("/jobs/batch", job);
      api.made("/jobs/batch", job);

      assertThat(api.send("POST", "/purgejobs", "").json())
          .isEqualTo(json("{\"purged_jobs\": [2, {\"jobs.Job\": 2}]}"));
      assertThat(api.get("/jobs/batch").json()).isEmpty();
    }
  }
}
