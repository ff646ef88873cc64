package io.penstock.spec.export;

import io.penstock.spec.Check;
import io.penstock.spec.Encryption;
import io.penstock.spec.S3Access;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where an export's files go.
 *
 * @param access with credentials: nothing is written under the process's own identity
 * @param maxFileBytes of encoded bytes; a file ends behind what crosses it, and files are numbered.
 *     Absent for one file without a number
 * @param partitionBy up to three of the query's columns: a series of files for each combination of
 *     their values
 */
public record Destination(
    S3Access access,
    String bucket,
    FileNames names,
    Optional<Encryption> encryption,
    OptionalLong maxFileBytes,
    List<Integer> partitionBy) {
  private static final int MAX_PARTITION_COLUMNS = 3;

  public Destination {
    Check.that(
        access != null && access.credentials().isPresent(),
        "access must be given, with credentials");
    Check.that(bucket != null && !bucket.isEmpty(), "bucket must not be empty");
    Check.that(names != null, "names must be given");
    Check.that(encryption != null, "encryption must be given");
    Check.that(
        maxFileBytes.isEmpty() || maxFileBytes.getAsLong() > 0,
        "maxFileBytes must be positive but was %s",
        maxFileBytes);
    partitionBy = List.copyOf(partitionBy);
    Check.that(
        partitionBy.size() <= MAX_PARTITION_COLUMNS,
        "partitionBy must be at most %d columns but were %d",
        MAX_PARTITION_COLUMNS,
        partitionBy.size());
  }
}
