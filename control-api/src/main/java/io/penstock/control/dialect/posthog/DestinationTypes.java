package io.penstock.control.dialect.posthog;

import io.penstock.control.export.Destination;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** What the product calls types of destinations. */
final class DestinationTypes {
  /** The product's, which are no S3. */
  private static final Set<String> ELSEWHERE =
      Set.of(
          "BigQuery",
          "Snowflake",
          "Postgres",
          "Redshift",
          "Databricks",
          "AzureBlob",
          "HTTP",
          "NoOp",
          "Workflows",
          "FileDownload");

  private DestinationTypes() {}

  static String name(Destination.Type type) {
    return switch (type) {
      case INLINE -> "S3";
      case AWS -> "AwsS3";
      case COMPATIBLE -> "S3Compatible";
    };
  }

  static Optional<Destination.Type> find(String name) {
    return Arrays.stream(Destination.Type.values()).filter(t -> name(t).equals(name)).findFirst();
  }

  static boolean isElsewhere(String name) {
    return ELSEWHERE.contains(name);
  }

  /** Of an integration. */
  static String kind(Destination.Type type) {
    return type == Destination.Type.AWS ? "aws-s3" : "s3-compatible";
  }
}
