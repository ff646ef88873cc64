package io.penstock.control.dialect.posthog;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.penstock.control.catalog.CatalogException;
import io.penstock.control.catalog.NumberedProject;
import io.penstock.control.export.Destination;
import io.penstock.control.export.Export;
import io.penstock.control.export.Integration;
import io.penstock.control.http.Requests;
import io.penstock.control.identity.PersonalKey;
import io.penstock.control.job.Principal;
import io.penstock.spec.S3Credentials;
import io.penstock.spec.SealedSecret;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code …/integrations}: keys, and where they are for. Nobody ever sees the keys again. */
final class IntegrationRoutes {
  private static final Pattern ROLE = Pattern.compile("arn:aws[a-z-]*:iam::(\\d{12}):role/.+");

  private final PosthogDialect.Ports ports;

  IntegrationRoutes(PosthogDialect.Ports ports) {
    this.ports = ports;
  }

  void add(RoutesConfig routes, Guard guard) {
    for (String project : PosthogDialect.PROJECTS) {
      String all = project + "/integrations";
      String one = all + "/{number}";
      routes.get(all, guard.needing(Scope.INTEGRATION_READ, this::list));
      routes.post(all, guard.needing(Scope.INTEGRATION_WRITE, this::create));
      routes.get(
          one,
          guard.needing(
              Scope.INTEGRATION_READ, (c, s) -> Requests.answer(c, 200, json(found(c, s)))));
      routes.delete(one, guard.needing(Scope.INTEGRATION_WRITE, this::delete));
    }
  }

  private void list(Context context, Scene scene) {
    String kind = context.queryParam("kind");
    List<Integration> all =
        ports.integrations().list(scene.project().id()).stream()
            .filter(
                one ->
                    kind == null
                        || kind.isBlank()
                        || DestinationTypes.kind(one.kind()).equals(kind))
            .toList();
    OffsetPage.wanted(context).answer(context, all, this::json);
  }

  private void create(Context context, Scene scene) {
    Input body = Input.body(context);
    String kind = body.text("kind", true).orElseThrow();
    if (!body.get("config").isObject()) {
      throw body.has("config")
          ? PosthogError.invalid("config", Input.notADictionary(body.get("config")))
          : PosthogError.required("config");
    }
    Input config = new Input((ObjectNode) body.get("config"));
    Integration wanted =
        switch (kind) {
          case "s3-compatible" -> compatible(config, scene);
          case "aws-s3" -> aws(config, scene);
          default -> throw PosthogError.invalid("kind", "Kind not supported");
        };
    try {
      Requests.answer(context, 201, json(ports.integrations().insert(wanted)));
    } catch (CatalogException.NameTaken e) {
      throw PosthogError.invalid("An integration named '" + e.name() + "' already exists");
    }
  }

  private Integration compatible(Input config, Scene scene) {
    String name = given(config, "name", "A name is required for S3-compatible integration");
    String endpoint =
        given(config, "endpoint_url", "Endpoint URL is required for S3-compatible integration");
    SealedSecret keys = keys(config, "S3-compatible");
    Optional<String> trouble = ports.endpoints().trouble(endpoint);
    if (trouble.isPresent()) {
      throw PosthogError.invalid("Invalid endpoint URL: " + trouble.get());
    }
    return made(
        scene, Destination.Type.COMPATIBLE, name, Optional.of(endpoint), Optional.empty(), keys);
  }

  private Integration aws(Input config, Scene scene) {
    String name = given(config, "name", "A name is required for AWS integration");
    if (!config.hasValue("aws_role_arn")) {
      return made(
          scene,
          Destination.Type.AWS,
          name,
          Optional.empty(),
          Optional.empty(),
          keys(config, "AWS"));
    }
    String role = config.get("aws_role_arn").asText();
    if (!ROLE.matcher(role).matches()) {
      throw PosthogError.invalid("A valid role ARN is required for AWS integration");
    }
    return made(scene, Destination.Type.AWS, name, Optional.empty(), Optional.of(role), null);
  }

  private Integration made(
      Scene scene,
      Destination.Type kind,
      String name,
      Optional<String> endpoint,
      Optional<String> role,
      SealedSecret keys) {
    return new Integration(
        0,
        scene.project().id(),
        kind,
        name,
        endpoint,
        role,
        Optional.ofNullable(keys),
        user(scene),
        ports.export().now());
  }

  private Principal user(Scene scene) {
    Principal holder = scene.access().caller().principal();
    return ports
        .keys()
        .find(holder.id())
        .map(key -> new Principal(key.account(), key.email()))
        .orElse(holder);
  }

  private SealedSecret keys(Input config, String kind) {
    String what = " is required for " + kind + " integration";
    String id = given(config, "aws_access_key_id", "Access key ID" + what);
    String secret = given(config, "aws_secret_access_key", "Secret access key" + what);
    return ports.secrets().seal(new S3Credentials(id, secret, Optional.empty()));
  }

  private static String given(Input config, String field, String missing) {
    String text = config.get(field).asText("").strip();
    if (text.isEmpty() || !config.get(field).isTextual()) {
      throw PosthogError.invalid(missing);
    }
    return text;
  }

  private void delete(Context context, Scene scene) {
    NumberedProject project = scene.project();
    Integration integration = found(context, scene);
    List<String> users =
        ports.export().exports().list(project.organization()).stream()
            .filter(
                one ->
                    one.destination()
                        .integration()
                        .filter(n -> n == integration.number())
                        .isPresent())
            .map(Export::name)
            .toList();
    if (!users.isEmpty()) {
      throw PosthogError.invalid(
          "This integration is used by batch exports: %s. Update them to use a different integration before disconnecting it."
              .formatted(String.join(", ", users)));
    }
    ports.integrations().delete(integration.number());
    context.status(204);
  }

  private Integration found(Context context, Scene scene) {
    String number = context.pathParam("number");
    return Optional.of(number)
        .filter(text -> text.matches("\\d{1,9}"))
        .flatMap(n -> ports.integrations().find(scene.project().id(), Integer.parseInt(n)))
        .orElseThrow(PosthogError::notFound);
  }

  private ObjectNode json(Integration integration) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", integration.number());
    json.put("kind", DestinationTypes.kind(integration.kind()));
    ObjectNode config = json.putObject("config").put("name", integration.name());
    integration.endpoint().ifPresent(url -> config.put("endpoint_url", url));
    integration
        .role()
        .ifPresent(
            role -> {
              config.put("aws_account_id", role.split(":", -1)[4]);
              config.put("aws_role_arn", role);
            });
    json.put("created_at", Times.text(integration.createdAt()));
    Principal user = integration.createdBy();
    Optional<Long> number =
        ports.keys().list(user.id()).stream().findFirst().map(PersonalKey::accountNumber);
    ObjectNode creator = json.putObject("created_by").put("id", number.orElse(null));
    creator.put("uuid", user.id().toString()).put("email", user.name());
    json.put("errors", "").put("display_name", integration.name());
    json.put("files_write_requestable", false);
    json.putNull("installation_shared").putNull("installation_status");
    return json;
  }
}
