package io.penstock.control.store;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient.ScheduleOptions;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceNotFoundException;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.penstock.control.export.Agenda;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The agenda in PostgreSQL, which all replicas work on: a thing is picked by one at a time, and by
 * another if that one dies.
 */
public final class DbAgenda implements Agenda, AutoCloseable {
  private static final int THREADS = 6;
  private static final Duration POLLING = Duration.ofSeconds(1);
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);
  private static final Duration SWEEP = Duration.ofMinutes(1);
  private static final Duration CLOSING = Duration.ofSeconds(10);

  private final Scheduler scheduler;
  private final Map<Matter, Function<UUID, Optional<Instant>>> steps = new ConcurrentHashMap<>();

  /** What was to be looked at anew while it was being looked at. */
  private final Set<String> again = ConcurrentHashMap.newKeySet();

  private volatile Runnable sweep = () -> {};

  /**
   * Work that one replica does at a time, again some time after it was done.
   *
   * @param name unique, for ever
   */
  public record Recurring(String name, Duration pause, Runnable work) {
    private RecurringTask<Void> task() {
      return Tasks.recurring(name, FixedDelay.of(pause)).execute((instance, context) -> work.run());
    }
  }

  public DbAgenda(Database database, List<Recurring> others) {
    List<RecurringTask<Void>> recurring =
        new ArrayList<>(others.stream().map(Recurring::task).toList());
    recurring.add(new Recurring("export-sweep", SWEEP, () -> sweep.run()).task());
    List<Task<?>> tasks = new ArrayList<>();
    for (Matter matter : Matter.values()) {
      tasks.add(
          Tasks.custom(name(matter), Void.class)
              .onFailureReschedule(FixedDelay.of(AFTER_FAILURE))
              .onDeadExecutionRevive()
              .execute((instance, context) -> look(matter, instance.getId())));
    }
    this.scheduler =
        Scheduler.create(database.dataSource(), tasks)
            .startTasks(recurring)
            .threads(THREADS)
            .pollingInterval(POLLING)
            .heartbeatInterval(HEARTBEAT)
            .shutdownMaxWait(CLOSING)
            .enableImmediateExecution()
            .build();
  }

  private static String name(Matter matter) {
    return "export-" + matter.name().toLowerCase(Locale.ROOT);
  }

  private static TaskInstance<Void> instance(Matter matter, UUID id) {
    return new TaskInstance<>(name(matter), id.toString());
  }

  private static String key(Matter matter, String id) {
    return matter + " " + id;
  }

  /** Begins to look at things. */
  public void start(Map<Matter, Function<UUID, Optional<Instant>>> how, Runnable sweeping) {
    steps.putAll(how);
    sweep = sweeping;
    scheduler.start();
  }

  private CompletionHandler<Void> look(Matter matter, String id) {
    again.remove(key(matter, id));
    Optional<Instant> next = steps.get(matter).apply(UUID.fromString(id));
    return (complete, operations) -> {
      if (again.remove(key(matter, id))) {
        operations.reschedule(complete, Instant.now());
      } else if (next.isPresent()) {
        operations.reschedule(complete, next.get());
      } else {
        operations.remove();
      }
    };
  }

  @Override
  public void at(Matter matter, UUID id, Instant when) {
    try {
      scheduler.schedule(instance(matter, id), when, ScheduleOptions.WHEN_EXISTS_RESCHEDULE);
    } catch (TaskInstanceCurrentlyExecutingException e) {
      again.add(key(matter, id.toString()));
    } catch (TaskInstanceNotFoundException e) {
      // It was there, and is no more: looked at to the end in between.
      ensure(matter, id, when);
    }
  }

  @Override
  public void ensure(Matter matter, UUID id, Instant when) {
    scheduler.scheduleIfNotExists(instance(matter, id), when);
  }

  @Override
  public void remove(Matter matter, UUID id) {
    try {
      scheduler.cancel(instance(matter, id));
    } catch (TaskInstanceCurrentlyExecutingException | TaskInstanceNotFoundException e) {
      // Whoever looks at it finds that there is nothing to do.
    }
  }

  @Override
  public void close() {
    scheduler.stop();
  }
}
