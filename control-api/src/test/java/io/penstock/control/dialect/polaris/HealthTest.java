package io.penstock.control.dialect.polaris;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.control.job.FakeJobStore;
import io.penstock.control.job.Job;
import io.penstock.control.job.JobService;
import io.penstock.control.job.TestJobs;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class HealthTest {
  private final JobService jobs = new JobService(new FakeJobStore(), Clock.systemUTC(), () -> {});

  @Test
  void aJobThatWaitsTooLongCannotProceedAndTheLogSaysSo() {
    Job job = jobs.create(TestJobs.request(UUID.randomUUID(), "waits"));

    Health soon = Health.of(job, job.changedAt().plus(Duration.ofMinutes(4)));
    Health late = Health.of(job, job.changedAt().plus(Duration.ofMinutes(6)));

    assertThat(soon.full().toString()).isEqualTo("{\"status\":\"ok\"}");
    assertThat(late.status()).isEqualTo("warn");
    assertThat(late.code()).isEqualTo("unable_to_proceed");
    assertThat(late.full().at("/log/code").asText()).isEqualTo("unable_to_proceed");
    assertThat(late.summary().has("log")).isFalse();
  }
}
