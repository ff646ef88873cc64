package io.penstock.control.dialect.hydrolix;

import io.penstock.control.catalog.Catalog;
import io.penstock.control.catalog.CatalogObject;
import io.penstock.control.catalog.CatalogObject.Kind;
import io.penstock.control.catalog.TableContents;
import io.penstock.control.job.Job;
import io.penstock.control.job.JobException;
import io.penstock.control.job.Jobs;
import io.penstock.control.job.Principal;
import io.penstock.control.job.TableRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Has jobs and contents follow when tables come to an end or are called otherwise. Within {@link
 * Catalog#changing}, as the last thing that may fail.
 */
final class TableRemoval {
  private final Catalog catalog;
  private final Jobs jobs;
  private final TableContents contents;

  TableRemoval(Catalog catalog, Jobs jobs, TableContents contents) {
    this.catalog = catalog;
    this.jobs = jobs;
    this.contents = contents;
  }

  void project(CatalogObject project, Principal by) {
    remove(project.organization(), tables(project, project.name()), by);
  }

  void table(CatalogObject project, CatalogObject table, Principal by) {
    remove(table.organization(), List.of(ref(project, project.name(), table)), by);
  }

  private void remove(UUID organization, List<TableRef> tables, Principal by) {
    Set<UUID> ids = tables.stream().map(TableRef::tableId).collect(Collectors.toSet());
    for (Job job : jobs.list(organization)) {
      if (ids.contains(job.definition().table().tableId()) && !job.state().isFinal()) {
        cancel(job, by);
      }
    }
    tables.forEach(contents::drop);
  }

  private void cancel(Job job, Principal by) {
    try {
      jobs.cancel(job.organization(), job.id(), by);
    } catch (JobException.NotFound e) {
      // It was deleted meanwhile, which also stops it.
    }
  }

  /** The project may have another name than before. */
  void renamed(CatalogObject before, CatalogObject after) {
    if (!before.name().equals(after.name())) {
      List<TableRef> from = tables(after, before.name());
      List<TableRef> to = tables(after, after.name());
      int done = 0;
      try {
        for (; done < from.size(); done++) {
          contents.rename(from.get(done), to.get(done));
        }
      } catch (RuntimeException e) {
        // The change of the project is undone, so the tables go back too.
        while (--done >= 0) {
          contents.rename(to.get(done), from.get(done));
        }
        throw e;
      }
    }
  }

  /** The table may have another name than before. */
  void renamed(CatalogObject project, CatalogObject before, CatalogObject after) {
    if (!before.name().equals(after.name())) {
      Function<CatalogObject, TableRef> ref = table -> ref(project, project.name(), table);
      contents.rename(ref.apply(before), ref.apply(after));
    }
  }

  private List<TableRef> tables(CatalogObject project, String projectName) {
    List<TableRef> refs = new ArrayList<>();
    for (CatalogObject table : catalog.list(project.organization(), Kind.TABLE, project.id())) {
      refs.add(ref(project, projectName, table));
    }
    return refs;
  }

  private static TableRef ref(CatalogObject project, String projectName, CatalogObject table) {
    return new TableRef(project.id(), projectName, table.id(), table.name());
  }
}
