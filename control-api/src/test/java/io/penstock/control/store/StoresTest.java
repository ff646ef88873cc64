package io.penstock.control.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.control.catalog.Activity;
import io.penstock.control.catalog.CatalogException;
import io.penstock.control.catalog.CatalogObject;
import io.penstock.control.catalog.CatalogObject.Kind;
import io.penstock.control.job.Job;
import io.penstock.control.job.JobException;
import io.penstock.control.job.JobRequest;
import io.penstock.control.job.JobService;
import io.penstock.control.job.Principal;
import io.penstock.control.job.Submissions;
import io.penstock.control.job.Submissions.Submission;
import io.penstock.control.job.TableRef;
import io.penstock.control.job.TestJobs;
import io.penstock.spec.SealedSecret;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
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
  void theNewestJobOfATableIsFound() {
    JobRequest first = TestJobs.request(organization, "older");
    Job older = service().create(first);
    Job newer =
        service().create(TestJobs.onTableOf(first, TestJobs.request(organization, "newer")));
    UUID table = older.definition().table().tableId();

    assertThat(jobs.newest(organization, table)).contains(newer);
    assertThat(jobs.newest(UUID.randomUUID(), table)).isEmpty();
    assertThat(jobs.newest(organization, UUID.randomUUID())).isEmpty();
    service().delete(organization, newer.id(), CALLER);
    assertThat(jobs.newest(organization, table)).contains(older);
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

  @Test
  void aChangeThatFailsHalfwayLeavesNothing() {
    JdbiActivity activity = new JdbiActivity(database, Clock.systemUTC());
    CatalogObject half = object(Kind.PROJECT, organization, "half");

    assertThatThrownBy(
            () ->
                catalog.changing(
                    organization,
                    () -> {
                      catalog.insert(half);
                      activity.add(organization, half.id(), CALLER, Activity.Action.CREATE);
                      assertThat(catalog.find(organization, Kind.PROJECT, half.id())).isPresent();
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");

    assertThat(catalog.find(organization, Kind.PROJECT, half.id())).isEmpty();
    assertThat(activity.of(organization, half.id())).isEmpty();
  }

  @Test
  void changesOfOneOrganizationDoNotOverlap() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    ExecutorService executor = Executors.newFixedThreadPool(4);
    List<Callable<Integer>> changes = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      changes.add(
          () ->
              catalog.changing(
                  organization,
                  () -> {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    catalog.list(organization, Kind.PROJECT, organization);
                    return inside.decrementAndGet();
                  }));
    }

    for (Future<Integer> one : executor.invokeAll(changes)) {
      one.get();
    }
    executor.shutdown();

    assertThat(most).hasValue(1);
  }

  @Test
  void anIdIsTakenOnce() {
    CatalogObject first = object(Kind.PROJECT, organization, "id one");
    catalog.insert(first);
    CatalogObject second =
        new CatalogObject(
            first.id(),
            organization,
            Kind.PROJECT,
            organization,
            "id two",
            Optional.empty(),
            "{}",
            Optional.empty(),
            first.createdAt(),
            first.createdAt());

    assertThatThrownBy(() -> catalog.insert(second)).isInstanceOf(CatalogException.IdTaken.class);
  }

  @Test
  void aTableIsKnownByTheNamesOfNow() {
    CatalogObject project = object(Kind.PROJECT, organization, "named");
    CatalogObject table = object(Kind.TABLE, project.id(), "now");
    catalog.insert(project);
    catalog.insert(table);

    assertThat(catalog.table(table.id()))
        .contains(new TableRef(project.id(), "named", table.id(), "now"));
    assertThat(catalog.table(project.id())).isEmpty();
  }

  @Test
  void aKeyStandsForItsFirstJobForAWeek() {
    Instant start = Instant.parse("2026-11-02T08:00:00Z");
    Submission first = new Submission(UUID.randomUUID(), "a");
    Submission second = new Submission(UUID.randomUUID(), "b");
    Submissions now = submissions(start);
    assertThat(now.claim(organization, "key", first)).isEqualTo(first);
    assertThat(now.claim(UUID.randomUUID(), "key", second)).isEqualTo(second);

    Submissions almost = submissions(start.plus(7, ChronoUnit.DAYS).minusSeconds(1));
    assertThat(almost.claim(organization, "key", second)).isEqualTo(first);
    assertThat(almost.find(organization, "key")).contains(first);

    Submissions after = submissions(start.plus(7, ChronoUnit.DAYS));
    assertThat(after.find(organization, "key")).isEmpty();
    assertThat(after.claim(organization, "key", second)).isEqualTo(second);
    after.release(organization, "key");
    assertThat(after.find(organization, "key")).isEmpty();
  }

  private static Submissions submissions(Instant now) {
    return new JdbiSubmissions(database, Clock.fixed(now, ZoneOffset.UTC));
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
