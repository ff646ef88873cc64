package io.penstock.control.job;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Jobs in memory, with the versions of a real store. */
public final class FakeJobStore implements JobStore {
  private final Map<UUID, Job> jobs = new LinkedHashMap<>();
  private final Set<UUID> deleting = new HashSet<>();
  private final List<String> events = new ArrayList<>();

  public Job job(UUID id) {
    return jobs.get(id);
  }

  public boolean has(UUID id) {
    return jobs.containsKey(id);
  }

  @Override
  public void insert(Job job, String who, String what) {
    jobs.put(job.id(), job);
    events.add(what);
  }

  @Override
  public Optional<Job> find(UUID organization, UUID id) {
    return Optional.ofNullable(jobs.get(id)).filter(job -> !deleting.contains(id));
  }

  @Override
  public List<JobEvent> events(UUID organization, UUID id) {
    return events.stream().map(what -> new JobEvent(Instant.EPOCH, "who", what)).toList();
  }

  @Override
  public List<Job> list(UUID organization) {
    return List.copyOf(jobs.values());
  }

  @Override
  public Optional<Job> newest(UUID organization, UUID table) {
    return jobs.values().stream()
        .filter(job -> job.definition().table().tableId().equals(table))
        .max(Comparator.comparing(Job::createdAt));
  }

  @Override
  public List<Job> active() {
    return jobs.values().stream()
        .filter(job -> !job.state().isFinal() || deleting.contains(job.id()))
        .sorted(Comparator.comparing(Job::createdAt))
        .toList();
  }

  @Override
  public boolean deleting(UUID id) {
    return deleting.contains(id);
  }

  @Override
  public Job update(Job job, String who, String what) {
    if (jobs.get(job.id()).version() != job.version()) {
      throw new JobException.Stale(job.id(), job.version());
    }
    Job next = job.withVersion(job.version() + 1);
    jobs.put(job.id(), next);
    events.add(what);
    return next;
  }

  @Override
  public void markDeleting(UUID id, String who) {
    deleting.add(id);
  }

  @Override
  public void remove(UUID id) {
    jobs.remove(id);
  }
}
