package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.penstock.control.catalog.CatalogObject;
import io.penstock.control.catalog.CatalogObject.Kind;
import io.penstock.control.catalog.Partition;
import io.penstock.control.catalog.TableContents;
import io.penstock.control.http.Requests;
import io.penstock.control.job.Jobs;
import io.penstock.control.job.TableRef;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What is in the tables: figures, partitions, and taking partitions out. */
final class PartitionRoutes {
  private final CatalogObjects objects;
  private final Jobs jobs;
  private final TableContents contents;

  PartitionRoutes(CatalogObjects objects, Jobs jobs, TableContents contents) {
    this.objects = objects;
    this.jobs = jobs;
    this.contents = contents;
  }

  void add(RoutesConfig routes) {
    routes.get(ProjectRoutes.ITEM + "/stats", this::projectStats);
    routes.get(TableRoutes.ITEM + "/stats", this::tableStats);
    routes.get(TableRoutes.ITEM + "/partitions", this::partitions);
    routes.delete(TableRoutes.ITEM + "/partitions/delete_range", this::deleteRange);
    routes.post(TableRoutes.ITEM + "/truncate", this::truncate);
    routes.get(HydrolixDialect.ORG + "/catalog", this::catalog);
  }

  private void projectStats(Context context) {
    CatalogObject project = objects.project(context);
    List<Partition> all = new ArrayList<>();
    ArrayNode tables = JsonNodeFactory.instance.arrayNode();
    for (CatalogObject table : objects.list(context, Kind.TABLE, project.id())) {
      if (!Gate.visible(context, table)) {
        continue;
      }
      List<Partition> own = contents.partitions(ref(project, table));
      tables.add(TablePartition.stats(table.name(), own));
      all.addAll(own);
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("summary", TablePartition.stats(project.name(), all));
    json.set("tables", tables);
    Requests.answer(context, 200, json);
  }

  private void tableStats(Context context) {
    CatalogObject table = objects.table(context);
    List<Partition> own = contents.partitions(ref(objects.project(context), table));
    Requests.answer(context, 200, TablePartition.stats(table.name(), own));
  }

  private void partitions(Context context) {
    CatalogObject table = objects.table(context);
    PartitionFilter filter = PartitionFilter.of(context);
    Pages.answerPage(context, matching(context, objects.project(context), table, filter));
  }

  private void catalog(Context context) {
    UUID organization = HydrolixDialect.organization(context);
    PartitionFilter filter = PartitionFilter.of(context);
    List<ObjectNode> all = new ArrayList<>();
    for (CatalogObject project : objects.list(context, Kind.PROJECT, organization)) {
      for (CatalogObject table : objects.list(context, Kind.TABLE, project.id())) {
        if (Gate.visible(context, table)) {
          all.addAll(matching(context, project, table, filter));
        }
      }
    }
    Pages.answerPage(context, all);
  }

  private List<ObjectNode> matching(
      Context context, CatalogObject project, CatalogObject table, PartitionFilter filter) {
    PartitionTimes times = times(context, table);
    TableRef ref = ref(project, table);
    return contents.partitions(ref).stream()
        .map(partition -> new TablePartition(ref, partition, times.of(partition)))
        .filter(filter::matches)
        .map(TablePartition::json)
        .toList();
  }

  private void deleteRange(Context context) {
    CatalogObject table = objects.table(context);
    PartitionFilter filter = PartitionFilter.of(context);
    if (filter.isEmpty()) {
      Violations violations = new Violations();
      violations.add("non_field_errors", "Give at least one filter; all partitions would go.");
      throw new Refused(violations);
    }
    PartitionTimes times = times(context, table);
    TableRef ref = ref(objects.project(context), table);
    int removed =
        contents.remove(
            ref,
            partition -> filter.encloses(new TablePartition(ref, partition, times.of(partition))));
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("success", true).put("message", removed + " deleted");
    Requests.answer(context, 200, json);
  }

  private void truncate(Context context) {
    CatalogObject table = objects.table(context);
    int removed = contents.remove(ref(objects.project(context), table), partition -> true);
    Requests.answer(
        context, 200, JsonNodeFactory.instance.objectNode().put("deactivated_partitions", removed));
  }

  private PartitionTimes times(Context context, CatalogObject table) {
    return new PartitionTimes(
        jobs, table.organization(), objects.list(context, Kind.TRANSFORM, table.id()));
  }

  private static TableRef ref(CatalogObject project, CatalogObject table) {
    return new TableRef(project.id(), project.name(), table.id(), table.name());
  }
}
