package io.penstock.control.job;

import io.penstock.spec.S3Access;
import java.util.UUID;

/** Looks up how a job's source is reached, when an attempt starts. */
public interface SourceAccess {
  /**
   * @return with sealed credentials
   * @throws IllegalStateException with a sentence for the user if the connection is gone
   */
  S3Access of(UUID organization, JobDefinition.Source source);
}
