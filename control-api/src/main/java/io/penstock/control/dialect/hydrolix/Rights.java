package io.penstock.control.dialect.hydrolix;

import static io.penstock.control.catalog.Permission.ADD_CONNECTION;
import static io.penstock.control.catalog.Permission.ADD_PROJECT;
import static io.penstock.control.catalog.Permission.ADD_TABLE;
import static io.penstock.control.catalog.Permission.ADD_TRANSFORM;
import static io.penstock.control.catalog.Permission.CHANGE_PROJECT;
import static io.penstock.control.catalog.Permission.CHANGE_TABLE;
import static io.penstock.control.catalog.Permission.CHANGE_TRANSFORM;
import static io.penstock.control.catalog.Permission.DELETE_CONNECTION;
import static io.penstock.control.catalog.Permission.DELETE_JOB;
import static io.penstock.control.catalog.Permission.DELETE_PROJECT;
import static io.penstock.control.catalog.Permission.DELETE_TABLE;
import static io.penstock.control.catalog.Permission.DELETE_TRANSFORM;
import static io.penstock.control.catalog.Permission.VIEW_CONNECTION;
import static io.penstock.control.catalog.Permission.VIEW_PROJECT;
import static io.penstock.control.catalog.Permission.VIEW_TABLE;
import static io.penstock.control.catalog.Permission.VIEW_TRANSFORM;

import io.penstock.control.catalog.CatalogObject.Kind;
import io.penstock.control.catalog.Permission;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which right an operation needs, by its method and its path below {@code /config/v1/}, where
 * {@code {}} stands for an id. What is not here is for superusers.
 */
final class Rights {
  private static final String ORG = "orgs/{}";
  private static final String PROJECTS = ORG + "/projects";
  private static final String PROJECT = PROJECTS + "/{}";
  private static final String TABLES = PROJECT + "/tables";
  private static final String TABLE = TABLES + "/{}";
  private static final String TRANSFORMS = TABLE + "/transforms";
  private static final String TRANSFORM = TRANSFORMS + "/{}";
  private static final String CREDENTIALS = ORG + "/credentials";
  private static final String CREDENTIAL = CREDENTIALS + "/{}";
  private static final String JOBS = ORG + "/jobs/batch";
  private static final String JOB = JOBS + "/{}";

  /** Answers only what the caller may view, or asks for the right itself. */
  private static final Set<String> OPEN =
      Set.of(
          "POST login",
          "GET users/current",
          "GET service_accounts",
          "GET roles",
          "GET roles/permissions",
          "GET job_statuses",
          "GET orgs",
          "GET " + ORG,
          "GET " + ORG + "/summary",
          "GET " + ORG + "/catalog",
          "GET " + PROJECTS,
          "OPTIONS " + PROJECTS,
          "GET " + TABLES,
          "OPTIONS " + TABLES,
          "GET " + TRANSFORMS,
          "OPTIONS " + TRANSFORMS,
          "GET " + CREDENTIALS,
          "OPTIONS " + CREDENTIALS,
          "GET " + CREDENTIALS + "/types",
          "GET " + JOBS,
          "OPTIONS " + JOBS,
          "POST " + JOBS,
          "GET " + JOB,
          "DELETE " + JOB,
          "GET " + JOB + "/status",
          "GET " + JOB + "/tasks",
          "GET " + JOB + "/rejects",
          "POST " + JOB + "/status",
          "POST " + JOB + "/cancel",
          "POST " + JOB + "/retry");

  private static final Map<String, Needed> NEEDED = new HashMap<>();

  static {
    onOrganization("POST " + PROJECTS, ADD_PROJECT);
    onOrganization("POST " + CREDENTIALS, ADD_CONNECTION);
    onOrganization("POST " + ORG + "/purgejobs", DELETE_JOB);
    on(Kind.CONNECTION, "GET " + CREDENTIAL, VIEW_CONNECTION);
    on(Kind.CONNECTION, "DELETE " + CREDENTIAL, DELETE_CONNECTION);
    on(Kind.PROJECT, "GET " + PROJECT, VIEW_PROJECT);
    on(Kind.PROJECT, "GET " + PROJECT + "/stats", VIEW_PROJECT);
    on(Kind.PROJECT, "GET " + PROJECT + "/activity", VIEW_PROJECT);
    on(Kind.PROJECT, "PUT " + PROJECT, CHANGE_PROJECT);
    on(Kind.PROJECT, "PATCH " + PROJECT, CHANGE_PROJECT);
    on(Kind.PROJECT, "DELETE " + PROJECT, DELETE_PROJECT);
    on(Kind.PROJECT, "POST " + TABLES, ADD_TABLE);
    on(Kind.TABLE, "GET " + TABLE, VIEW_TABLE);
    on(Kind.TABLE, "GET " + TABLE + "/stats", VIEW_TABLE);
    on(Kind.TABLE, "GET " + TABLE + "/autoingest", VIEW_TABLE);
    on(Kind.TABLE, "GET " + TABLE + "/activity", VIEW_TABLE);
    on(Kind.TABLE, "GET " + TABLE + "/partitions", VIEW_TABLE);
    on(Kind.TABLE, "PUT " + TABLE, CHANGE_TABLE);
    on(Kind.TABLE, "PATCH " + TABLE, CHANGE_TABLE);
    on(Kind.TABLE, "DELETE " + TABLE, DELETE_TABLE);
    on(Kind.TABLE, "POST " + TABLE + "/truncate", CHANGE_TABLE);
    on(Kind.TABLE, "DELETE " + TABLE + "/partitions/delete_range", CHANGE_TABLE);
    on(Kind.TABLE, "POST " + TRANSFORMS, ADD_TRANSFORM);
    on(Kind.TRANSFORM, "GET " + TRANSFORM, VIEW_TRANSFORM);
    on(Kind.TRANSFORM, "PUT " + TRANSFORM, CHANGE_TRANSFORM);
    on(Kind.TRANSFORM, "DELETE " + TRANSFORM, DELETE_TRANSFORM);
  }

  private Rights() {}

  /**
   * What an operation needs.
   *
   * @param on the kind of the last id in the path; empty for the organization
   */
  record Needed(Permission right, Optional<Kind> on) {}

  private static void onOrganization(String operation, Permission right) {
    NEEDED.put(operation, new Needed(right, Optional.empty()));
  }

  private static void on(Kind kind, String operation, Permission right) {
    NEEDED.put(operation, new Needed(right, Optional.of(kind)));
  }

  /** Whether any caller may ask for it. */
  static boolean open(String operation) {
    return OPEN.contains(operation);
  }

  static Optional<Needed> needed(String operation) {
    return Optional.ofNullable(NEEDED.get(operation));
  }

  /** What makes a thing of the kind visible. */
  static Permission view(Kind kind) {
    return switch (kind) {
      case PROJECT -> VIEW_PROJECT;
      case TABLE -> VIEW_TABLE;
      case TRANSFORM -> VIEW_TRANSFORM;
      case CONNECTION -> VIEW_CONNECTION;
    };
  }
}
