package io.penstock.control.export;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The port to where messages and their targets are kept. Thread-safe. */
public interface AlertStore {
  Optional<AlertTarget> target(UUID export);

  void put(UUID export, AlertTarget target);

  /** Whether there was one. */
  boolean delete(UUID export);

  void add(AlertMessage message);

  Optional<AlertMessage> find(UUID id);

  void update(AlertMessage message);

  void remove(UUID id);

  /** All that are to be delivered. */
  List<UUID> waiting();
}
