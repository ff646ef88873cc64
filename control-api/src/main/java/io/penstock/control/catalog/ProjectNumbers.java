package io.penstock.control.catalog;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Which integers projects are known by. Thread-safe. */
public interface ProjectNumbers {
  /** Of any organization. */
  Optional<NumberedProject> find(int number);

  /** Those of the organization, by number. */
  List<NumberedProject> list(UUID organization);
}
