package io.penstock.control.dialect.posthog;

import io.penstock.control.catalog.NumberedProject;
import java.util.List;

/**
 * Where a request is: one project, or all projects of an organization that the key is for.
 *
 * @param projects one for a project's own path
 * @param whole whether the path is the organization's
 */
record Scene(Access access, List<NumberedProject> projects, boolean whole) {
  Scene {
    projects = List.copyOf(projects);
  }

  /** The project that something is made in. */
  NumberedProject project() {
    if (projects.size() != 1) {
      throw PosthogError.invalid(
          "The key must be limited to one project to create something here.");
    }
    return projects.get(0);
  }
}
