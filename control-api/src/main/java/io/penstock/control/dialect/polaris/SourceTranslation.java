package io.penstock.control.dialect.polaris;

import io.penstock.control.expression.NearestName;
import io.penstock.control.job.JobDefinition;
import java.util.List;
import java.util.Optional;

/**
 * What a job reads. Pure.
 *
 * @param source absent if something is wrong, which is noted
 */
record SourceTranslation(
    Optional<JobDefinition.Source> source, FormatSettings format, InputFields input) {
  /** Of stored bytes, in a task: larger objects that can be divided are spread over several. */
  private static final long DIVIDED_AGGREGATION = 256_000_000L;

  /** The same source, with tasks of a size that suits the format. */
  static Optional<JobDefinition.Source> sized(
      Optional<JobDefinition.Source> source, FormatSettings format) {
    return format.format().divisible()
        ? source.map(one -> one.withInputAggregation(DIVIDED_AGGREGATION))
        : source;
  }

  static SourceTranslation read(Fields source, References references) {
    String type = source.requiredText("type").orElse("");
    if (type.equals("s3")) {
      S3Source s3 = new S3Source(source, references);
      Optional<JobDefinition.Source> from = s3.translate();
      FormatSettings format = FormatSettings.read(source, s3.names());
      return new SourceTranslation(sized(from, format), format, InputFields.read(source, format));
    }
    if (type.equals("uploaded")) {
      return new OwnSource(source, references).uploaded();
    }
    if (type.equals("inline")) {
      return new OwnSource(source, references).inline();
    }
    List<String> known = List.of("s3", "uploaded", "inline");
    List<String> others = List.of("table", "azure", "connection");
    if (others.contains(type)) {
      source.unsupported("type", "Sources of type " + type + " are not supported. Use s3.");
    } else if (source.has("type")) {
      source.bad("type", "Unknown type \"" + type + "\"." + NearestName.hint(type, known));
    }
    return new SourceTranslation(
        Optional.empty(), FormatSettings.JSON, InputFields.read(source, FormatSettings.JSON));
  }
}
