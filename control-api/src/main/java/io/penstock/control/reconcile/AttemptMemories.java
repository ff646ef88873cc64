package io.penstock.control.reconcile;

import io.penstock.control.job.Job;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Of the attempts that are under way. For one thread. */
final class AttemptMemories {
  private final Map<String, AttemptMemory> memories = new HashMap<>();

  /** Of the job's newest attempt. */
  AttemptMemory of(Job job) {
    return memories.computeIfAbsent(job.attempt().flinkJobId(), id -> new AttemptMemory());
  }

  /** Forgets attempts that are over. */
  void keepOnly(Set<String> flinkJobIds) {
    memories.keySet().retainAll(flinkJobIds);
  }
}
