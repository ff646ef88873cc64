package io.penstock.control.export;

import io.penstock.spec.S3Access;
import io.penstock.spec.S3Credentials;
import io.penstock.spec.SealedSecret;
import io.penstock.spec.SecretBox;
import io.penstock.spec.SpecJson;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/** How destinations are reached: by their own keys, or by an integration's. Thread-safe. */
public final class DestinationAccess {
  private final Integrations integrations;
  private final Endpoints endpoints;
  private final SecretBox secrets;

  public DestinationAccess(Integrations integrations, Endpoints endpoints, SecretBox secrets) {
    this.integrations = integrations;
    this.endpoints = endpoints;
    this.secrets = secrets;
  }

  /**
   * @return with sealed keys
   * @throws RunException if there are none, or the endpoint is not allowed
   */
  S3Access of(UUID project, Destination destination, TargetSettings target) throws RunException {
    Optional<String> endpoint = target.endpoint();
    Optional<SealedSecret> keys;
    if (destination.type() == Destination.Type.INLINE) {
      keys = Optional.of(inlineKeys(destination));
    } else {
      Integration integration = integration(project, destination);
      endpoint = integration.endpoint();
      keys = integration.secret();
      if (keys.isEmpty()) {
        throw RunException.user(
            "S3CredentialIntegrationError",
            "Integration '%s' assumes a role, which this server does not do"
                .formatted(integration.name()));
      }
    }
    if (endpoint.flatMap(endpoints::trouble).isPresent()) {
      throw RunException.user("InvalidS3EndpointError", "Endpoint URL is invalid.");
    }
    // A name may lead elsewhere when it is connected to: that is looked at again then.
    boolean publicOnly = endpoint.filter(url -> !endpoints.isNamed(url)).isPresent();
    return new S3Access(endpoint, target.region(), target.pathStyle(), keys, publicOnly);
  }

  /** The role that an integration assumes. */
  Optional<String> role(UUID project, Destination destination) {
    return destination
        .integration()
        .flatMap(number -> integrations.find(project, number))
        .flatMap(Integration::role);
  }

  private SealedSecret inlineKeys(Destination destination) throws RunException {
    InlineKeys keys =
        destination
            .secret()
            .map(
                kept ->
                    SpecJson.read(
                        secrets.openText(kept).getBytes(StandardCharsets.UTF_8), InlineKeys.class))
            .orElse(InlineKeys.NONE);
    String id = keys.accessKeyId().orElse("");
    String secret = keys.secretAccessKey().orElse("");
    if (id.isBlank() || secret.isBlank()) {
      throw RunException.user(
          "InvalidCredentialsError", "AWS access key ID and secret access key cannot be empty");
    }
    return secrets.seal(new S3Credentials(id, secret, Optional.empty()));
  }

  private Integration integration(UUID project, Destination destination) throws RunException {
    int number = destination.integration().orElse(0);
    Integration integration =
        integrations
            .find(project, number)
            .orElseThrow(
                () ->
                    RunException.user(
                        "S3IntegrationNotFoundError",
                        "S3 integration with ID '%d' not found for this team".formatted(number)));
    if (integration.kind() != destination.type()) {
      throw RunException.user(
          "S3CredentialIntegrationError",
          "Integration '%s' is of another kind".formatted(integration.name()));
    }
    return integration;
  }
}
