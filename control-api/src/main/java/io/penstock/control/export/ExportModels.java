package io.penstock.control.export;

import java.util.Optional;
import java.util.UUID;

/** The tables of projects as exports see them. Thread-safe. */
public interface ExportModels {
  Optional<ExportModel> find(UUID organization, UUID project, String table);
}
