package io.penstock.control.dialect.polaris;

import io.penstock.control.catalog.UploadedFile;
import io.penstock.control.expression.NearestName;
import io.penstock.control.job.JobDefinition;
import io.penstock.spec.ObjectSelection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Translates sources that callers send themselves: {@code uploaded}, {@code inline}. Pure. */
final class OwnSource {
  private final Fields source;
  private final References references;

  OwnSource(Fields source, References references) {
    this.source = source;
    this.references = references;
  }

  SourceTranslation uploaded() {
    source.allowOnly(Set.of("type", "fileList", "inputSchema", "formatSettings"));
    List<String> names = source.texts("fileList");
    if (names.isEmpty()) {
      source.bad("fileList", "fileList must name at least one file.");
    }
    List<UploadedFile> files = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      Optional<UploadedFile> file = references.file(names.get(i));
      if (file.isEmpty()) {
        source.bad(
            "fileList[" + i + "]",
            "There is no file \"%s\".%s"
                .formatted(names.get(i), NearestName.hint(names.get(i), references.files())));
      }
      file.ifPresent(files::add);
    }
    FormatSettings format = format(files);
    return new SourceTranslation(
        files.isEmpty()
            ? Optional.empty()
            : SourceTranslation.sized(
                Optional.of(source(files.stream().map(references::key).toList())), format),
        format,
        InputFields.read(source, format));
  }

  /** The files' own, unless the job says another. */
  private FormatSettings format(List<UploadedFile> files) {
    Set<String> formats = new HashSet<>();
    for (UploadedFile file : files) {
      if (List.of("xz", "sz").contains(file.compression())) {
        source.unsupported(
            "fileList",
            "%s is compressed with %s, which is not supported. Use gz."
                .formatted(file.name(), file.compression()));
      }
      boolean tsv = file.name().matches("(?i).*\\.tsv(\\.[a-z0-9]+)?");
      formats.add(tsv && file.dataFormat().equals("csv") ? "tsv" : file.dataFormat());
    }
    if (source.has("formatSettings") || formats.isEmpty()) {
      return source.has("formatSettings")
          ? FormatSettings.read(source, List.of())
          : FormatSettings.JSON;
    }
    if (formats.size() > 1) {
      source.bad("formatSettings", "The files are of different formats: " + formats + ".");
      return FormatSettings.JSON;
    }
    return FormatSettings.named(source, formats.iterator().next());
  }

  SourceTranslation inline() {
    source.allowOnly(Set.of("type", "data", "inputSchema", "formatSettings"));
    Optional<String> data = source.requiredText("data");
    FormatSettings format = FormatSettings.read(source, List.of());
    if (format.format().typed()) {
      source.bad("formatSettings", "Inline data is of nd-json, csv or regex.");
    }
    return new SourceTranslation(
        data.map(text -> source(List.of(references.inlineKey()))),
        format,
        InputFields.read(source, format));
  }

  private JobDefinition.Source source(List<String> keys) {
    return new JobDefinition.Source(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        "s3",
        references.ownBucket(),
        new ObjectSelection.Objects(keys),
        "",
        0,
        S3Source.INPUT_AGGREGATION);
  }
}
