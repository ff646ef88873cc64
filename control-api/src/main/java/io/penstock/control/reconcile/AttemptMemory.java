package io.penstock.control.reconcile;

import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What is worth remembering of an attempt between rounds; losing it costs time only. */
final class AttemptMemory {
  int absences;
  int stopTries;
  Optional<Instant> stopAsked = Optional.empty();
  boolean hardCancel;
  String note = "";
  Instant publishedAt = Instant.EPOCH;
  final Set<Integer> published = new HashSet<>();
}
