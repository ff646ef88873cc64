package io.penstock.control.dialect.posthog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.penstock.control.catalog.NumberedProject;
import io.penstock.control.export.Destination;
import io.penstock.control.export.DestinationTests;
import io.penstock.control.export.DestinationTests.Result;
import io.penstock.control.export.DestinationTests.Step;
import io.penstock.control.export.Export;
import io.penstock.control.export.Exports;
import io.penstock.control.http.Requests;
import java.util.List;
import java.util.Optional;

/** {@code …/test} and {@code …/run_test_step}: trying out destinations. */
final class TestStepRoutes {
  private final PosthogDialect.Ports ports;
  private final Exports exports;

  TestStepRoutes(PosthogDialect.Ports ports) {
    this.ports = ports;
    this.exports = new Exports(ports.export());
  }

  void add(RoutesConfig routes, Guard guard) {
    for (String base : PosthogDialect.ALL_BASES) {
      routes.get(base + "/test", guard.needing(Scope.EXPORT_READ, TestStepRoutes::list));
      routes.post(
          base + "/run_test_step_new", guard.needing(Scope.EXPORT_WRITE, this::runOfNothing));
      routes.post(
          base + "/{export}/run_test_step", guard.needing(Scope.EXPORT_WRITE, this::runOfExport));
    }
  }

  /** The two refusals have no body. */
  private static void list(Context context, Scene scene) {
    String name = context.queryParam("destination");
    if (name == null || name.isBlank()) {
      context.status(400);
      return;
    }
    Optional<Destination.Type> type = DestinationTypes.find(name);
    if (type.isEmpty()) {
      context.status(404);
      return;
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode steps = json.putArray("steps");
    DestinationTests.steps(type.get()).forEach(step -> steps.add(json(step)));
    Requests.answer(context, 200, json);
  }

  private static ObjectNode json(Step step) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("name", step.title())
        .put("description", step.description())
        .putNull("result");
  }

  private void runOfNothing(Context context, Scene scene) {
    run(context, scene.project(), Optional.empty());
  }

  private void runOfExport(Context context, Scene scene) {
    Export export = ExportRoutes.found(exports, context, scene);
    NumberedProject project =
        scene.projects().stream()
            .filter(one -> one.id().equals(export.project()))
            .findFirst()
            .orElseThrow(PosthogError::notFound);
    run(context, project, Optional.of(export.settings()));
  }

  private void run(Context context, NumberedProject project, Optional<Export.Settings> stored) {
    Input body = Input.body(context);
    Export.Settings settings =
        new ExportBody(
                body,
                ports.export().rules(),
                new ModelRules(ports, project),
                stored,
                stored.isPresent())
            .read();
    Step step = step(body, settings.destination().type());
    Result result = ports.tests().run(step, project.id(), settings.destination(), settings.model());
    ObjectNode json = json(step);
    json.putObject("result")
        .put("status", status(result))
        .put("message", result.message().orElse(null));
    Requests.answer(context, 200, json);
  }

  private static String status(Result result) {
    return switch (result.status()) {
      case PASSED -> "Passed";
      case FAILED -> "Failed";
      case SKIPPED -> "Skipped";
    };
  }

  private static Step step(Input body, Destination.Type type) {
    List<Step> steps = DestinationTests.steps(type);
    JsonNode given = body.get("step");
    int index = given.isMissingNode() || given.isNull() ? 0 : given.asInt(-1);
    if (index < 0 || index >= steps.size()) {
      throw PosthogError.invalid(
          "step",
          "There is no such step. Steps are numbered from 0 to " + (steps.size() - 1) + ".");
    }
    return steps.get(index);
  }
}
