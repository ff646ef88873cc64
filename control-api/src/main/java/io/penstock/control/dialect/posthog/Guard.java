package io.penstock.control.dialect.posthog;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.penstock.control.catalog.NumberedProject;
import io.penstock.control.catalog.ProjectNumbers;
import io.penstock.control.http.Requests;
import io.penstock.control.identity.PersonalKeys;
import java.util.List;
import java.util.UUID;

/** What stands before every route: the project or organization in the path, and the key's scope. */
final class Guard {
  static final String CURRENT = "@current";

  private final ProjectNumbers numbers;
  private final PersonalKeys keys;

  Guard(ProjectNumbers numbers, PersonalKeys keys) {
    this.numbers = numbers;
    this.keys = keys;
  }

  /** A route within a project or an organization. */
  @FunctionalInterface
  interface InScene {
    void handle(Context context, Scene scene) throws Exception;
  }

  Handler needing(Scope scope, InScene route) {
    return context -> route.handle(context, scene(context, scope));
  }

  Access access(Context context) {
    return Access.of(Requests.caller(context), keys);
  }

  private Scene scene(Context context, Scope scope) {
    Access access = access(context);
    return context.pathParamMap().containsKey("organization")
        ? whole(context, access, scope)
        : new Scene(access, List.of(project(context, access, scope)), false);
  }

  private NumberedProject project(Context context, Access access, Scope scope) {
    NumberedProject project = project(context.pathParam("project"), access);
    access.require(scope);
    check(access, project);
    return project;
  }

  /**
   * @throws PosthogError 404 if there is none
   */
  NumberedProject project(String text, Access access) {
    if (text.equals(CURRENT)) {
      return numbers.list(access.caller().organization().id()).stream()
          .filter(one -> access.mayProject(one.number()))
          .findFirst()
          .orElseThrow(Guard::noProject);
    }
    if (!text.matches("\\d{1,9}")) {
      throw noProject();
    }
    return numbers.find(Integer.parseInt(text)).orElseThrow(Guard::noProject);
  }

  private static PosthogError noProject() {
    return PosthogError.notFound("Project not found.");
  }

  /** Whether the key is for the project at all. */
  static void check(Access access, NumberedProject project) {
    access.requireProject(project.number());
    access.requireOrganization(project.organization());
    if (!access.caller().organization().id().equals(project.organization())) {
      throw PosthogError.denied("You don't have access to the project.");
    }
  }

  private Scene whole(Context context, Access access, Scope scope) {
    UUID organization =
        Requests.uuid(context.pathParam("organization"))
            .orElseThrow(() -> PosthogError.notFound("Organization not found."));
    access.require(scope);
    access.requireOrganization(organization);
    if (!access.caller().organization().id().equals(organization)) {
      throw PosthogError.denied("You don't have access to the organization.");
    }
    List<NumberedProject> projects =
        numbers.list(organization).stream().filter(p -> access.mayProject(p.number())).toList();
    return new Scene(access, projects, true);
  }
}
