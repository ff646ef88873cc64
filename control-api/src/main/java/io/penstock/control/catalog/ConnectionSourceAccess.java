package io.penstock.control.catalog;

import io.penstock.control.job.JobDefinition;
import io.penstock.control.job.SourceAccess;
import io.penstock.spec.S3Access;
import io.penstock.spec.SealedSecret;
import java.util.Optional;
import java.util.UUID;

/** Reaches a source by its connection, or as the server reaches its own storage. */
public final class ConnectionSourceAccess implements SourceAccess {
  private final Catalog catalog;
  private final S3Access server;

  /**
   * @param server the server's own access
   */
  public ConnectionSourceAccess(Catalog catalog, S3Access server) {
    this.catalog = catalog;
    this.server = server;
  }

  @Override
  public S3Access of(UUID organization, JobDefinition.Source source) {
    Optional<SealedSecret> credentials = server.credentials();
    if (source.connection().isPresent()) {
      UUID id = source.connection().get();
      credentials =
          catalog
              .find(organization, CatalogObject.Kind.CONNECTION, id)
              .orElseThrow(() -> new IllegalStateException("Credential " + id + " is gone."))
              .secret()
              .or(server::credentials);
    }
    return new S3Access(
        source.endpoint().or(server::endpoint),
        source.region().orElse(server.region()),
        source.endpoint().isPresent() || server.pathStyle(),
        credentials);
  }
}
