package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.control.catalog.Catalog;
import io.penstock.control.catalog.CatalogObject;
import io.penstock.control.catalog.CatalogObject.Kind;
import io.penstock.control.http.Requests;
import io.penstock.control.job.Job;
import io.penstock.control.job.Jobs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Who uses which credential. */
final class CredentialUses {
  private final Catalog catalog;
  private final Jobs jobs;

  CredentialUses(Catalog catalog, Jobs jobs) {
    this.catalog = catalog;
    this.jobs = jobs;
  }

  /** How things stand now. */
  Seen seen(UUID organization) {
    List<TableSource> sources = new ArrayList<>();
    for (CatalogObject project : catalog.list(organization, Kind.PROJECT, organization)) {
      for (CatalogObject table : catalog.list(organization, Kind.TABLE, project.id())) {
        JsonNode settings = Requests.parse(table.document()).path("settings");
        String name = project.name() + "." + table.name();
        for (JsonNode entry : settings.path("autoingest")) {
          sources.add(new TableSource(table.id(), name, entry));
        }
      }
    }
    return new Seen(jobs.list(organization), sources);
  }

  /** An autoingest entry of a table. */
  record TableSource(UUID table, String name, JsonNode entry) {
    boolean uses(UUID credential) {
      String id = credential.toString();
      return entry.path("source_credential_id").asText("").equals(id)
          || entry.path("bucket_credential_id").asText("").equals(id);
    }
  }

  /** The jobs and autoingest sources of an organization. */
  record Seen(List<Job> jobs, List<TableSource> sources) {
    private List<Job> jobsWith(UUID credential) {
      return jobs.stream()
          .filter(
              job -> job.definition().source().connection().filter(credential::equals).isPresent())
          .toList();
    }

    ObjectNode attached(UUID credential) {
      ObjectNode attached = JsonNodeFactory.instance.objectNode();
      ArrayNode tables = attached.putArray("tables");
      Map<UUID, String> names = new LinkedHashMap<>();
      sources.stream()
          .filter(source -> source.uses(credential))
          .forEach(source -> names.put(source.table(), source.name()));
      names.forEach((id, name) -> tables.addObject().put("uuid", id.toString()).put("name", name));
      ArrayNode list = attached.putArray("jobs");
      jobsWith(credential)
          .forEach(
              job -> list.addObject().put("uuid", job.id().toString()).put("name", job.name()));
      return attached;
    }

    /** Why it cannot be deleted: full sentences. */
    List<String> refusals(UUID credential) {
      List<String> refusals = new ArrayList<>();
      jobsWith(credential).stream()
          .filter(job -> !job.state().isFinal())
          .forEach(job -> refusals.add("The active job \"" + job.name() + "\" uses it."));
      sources.stream()
          .filter(source -> source.uses(credential))
          .filter(source -> source.entry().path("enabled").asBoolean())
          .forEach(
              source ->
                  refusals.add(
                      "An enabled autoingest source of \"" + source.name() + "\" uses it."));
      return refusals;
    }
  }
}
