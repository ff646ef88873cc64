package io.penstock.control.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.control.catalog.CatalogException;
import io.penstock.control.catalog.CatalogObject;
import io.penstock.control.catalog.CatalogObject.Kind;
import io.penstock.control.job.Job;
import io.penstock.control.job.JobException;
import io.penstock.control.job.JobService;
import io.penstock.control.job.Principal;
import io.penstock.control.job.TestJobs;
import io.penstock.spec.SealedSecret;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The stores on a real PostgreSQL. */
final class StoresTest {
  private static final Principal CALLER = new Principal(UUID.randomUUID(), "ops");
  private static Database database;
  private static JdbiJobStore jobs;
  private static JdbiCatalog catalog;
  private static UUID organization;

  @BeforeAll
  static void open() {
    database = Database.open(TestDatabase.url(), "postgres", "");
    jobs = new JdbiJobStore(database, Clock.systemUTC());
    catalog = new JdbiCatalog(database, Clock.systemUTC());
    assertThat(catalog.bootstrap("acme", "pok_first")).isTrue();
    organization = catalog.caller("pok_first").orElseThrow().organization().id();
  }

  @AfterAll
  static void close() {
    database.close();
  }

  private static JobService service() {
    return new JobService(jobs, Clock.systemUTC(), () -> {});
  }

  @Test
  void aJobIsReadBackAsItWasWritten() {
    Job made = service().create(TestJobs.request(organization, "written"));

    assertThat(jobs.find(organization, made.id())).contains(made);
    assertThat(jobs.find(UUID.randomUUID(), made.id())).isEmpty();
    assertThat(jobs.active()).contains(made);
  }

  @Test
  void aNameIsTakenOnceAndFreeAgainAfterADelete() {
    Job made = service().create(TestJobs.request(organization, "taken"));
    assertThatThrownBy(() -> service().create(TestJobs.request(organization, "taken")))
        .isInstanceOf(JobException.NameTaken.class);

    service().delete(organization, made.id(), CALLER);

    assertThat(jobs.find(organization, made.id())).isEmpty();
    assertThat(jobs.deleting(made.id())).isTrue();
    assertThat(service().create(TestJobs.request(organization, "taken")).name()).isEqualTo("taken");
  }

  @Test
  void whoWasSlowerIsToldSo() {
    Job made = service().create(TestJobs.request(organization, "raced"));
    Job first = jobs.update(made, "one", "changed");

    assertThat(first.version()).isEqualTo(made.version() + 1);
    assertThatThrownBy(() -> jobs.update(made, "two", "changed"))
        .isInstanceOf(JobException.Stale.class);
  }

  @Test
  void onlyTheFirstStartMakesAKey() {
    assertThat(catalog.bootstrap("acme", "pok_second")).isFalse();
    assertThat(catalog.caller("pok_second")).isEmpty();
    assertThat(catalog.caller("pok_first").orElseThrow().organization().name()).isEqualTo("acme");
  }

  @Test
  void aProjectTakesEverythingBelowItAlong() {
    CatalogObject project = object(Kind.PROJECT, organization, "shop");
    CatalogObject table = object(Kind.TABLE, project.id(), "orders");
    CatalogObject transform = object(Kind.TRANSFORM, table.id(), "csv");
    catalog.insert(project);
    catalog.insert(table);
    catalog.insert(transform);
    assertThat(catalog.named(organization, Kind.TABLE, project.id(), "orders")).contains(table);
    assertThatThrownBy(() -> catalog.insert(object(Kind.TABLE, project.id(), "orders")))
        .isInstanceOf(CatalogException.NameTaken.class);

    catalog.delete(organization, project.id());

    assertThat(catalog.find(organization, Kind.TRANSFORM, transform.id())).isEmpty();
  }

  private static CatalogObject object(Kind kind, UUID parent, String name) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    return new CatalogObject(
        UUID.randomUUID(),
        organization,
        kind,
        parent,
        name,
        Optional.of("a thing"),
        "{\"a\": 1}",
        Optional.of(new SealedSecret("c2VhbGVk")),
        now,
        now);
  }
}
