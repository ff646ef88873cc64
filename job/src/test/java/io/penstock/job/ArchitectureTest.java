package io.penstock.job;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The module's structure, as the README draws it. */
@AnalyzeClasses(packages = "io.penstock", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  @ArchTest
  static final ArchRule SPEC_IS_PLAIN_JAVA =
      noClasses()
          .that()
          .resideInAPackage("io.penstock.spec..")
          .should()
          .dependOnClassesThat()
          .resideOutsideOfPackages(
              "java..",
              "javax.crypto..",
              "com.fasterxml.jackson..",
              "io.penstock.spec..",
              "com.google.errorprone.annotations..");

  @ArchTest
  static final ArchRule SOURCE_AND_SINK_ARE_STRANGERS =
      noClasses()
          .that()
          .resideInAPackage("io.penstock.job.source..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.penstock.job.sink..", "io.penstock.job.decode..");

  @ArchTest
  static final ArchRule SINK_AND_SOURCE_ARE_STRANGERS =
      noClasses()
          .that()
          .resideInAPackage("io.penstock.job.sink..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.penstock.job.source..", "io.penstock.job.decode..");

  @ArchTest
  static final ArchRule DECODING_KNOWS_NO_STORAGE =
      noClasses()
          .that()
          .resideInAPackage("io.penstock.job.decode..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.penstock.job.source..", "io.penstock.job.sink..", "io.penstock.job.s3..");

  @ArchTest
  static final ArchRule RECORDS_KNOW_NO_OPERATOR =
      noClasses()
          .that()
          .resideInAPackage("io.penstock.job.record..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.penstock.job.source..",
              "io.penstock.job.sink..",
              "io.penstock.job.decode..",
              "io.penstock.job.s3..");

  @ArchTest
  static final ArchRule EXPRESSIONS_KNOW_ONLY_RECORDS =
      noClasses()
          .that()
          .resideInAPackage("io.penstock.job.expression..")
          .should()
          .dependOnClassesThat()
          .resideOutsideOfPackages(
              "java..",
              "com.fasterxml.jackson.core..",
              "io.penstock.spec..",
              "io.penstock.job.record..",
              "io.penstock.job.expression..");

  @ArchTest
  static final ArchRule ENCODING_KNOWS_NO_STORAGE_AND_NO_FLINK =
      noClasses()
          .that()
          .resideInAPackage("io.penstock.job.encode..")
          .should()
          .dependOnClassesThat()
          .resideOutsideOfPackages(
              "java..",
              "io.penstock.spec..",
              "io.penstock.job.record..",
              "io.penstock.job.compress..",
              "io.penstock.job.parquet..",
              "io.penstock.job.encode..");

  @ArchTest
  static final ArchRule SCANS_KNOW_NO_FLINK =
      noClasses()
          .that()
          .resideInAPackage("io.penstock.job.scan..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.flink..",
              "io.penstock.job.source..",
              "io.penstock.job.sink..",
              "io.penstock.job.decode..",
              "io.penstock.job.export..");

  @ArchTest
  static final ArchRule EXPORTS_AND_LOADS_ARE_STRANGERS =
      noClasses()
          .that()
          .resideInAPackage("io.penstock.job.export..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.penstock.job.source..", "io.penstock.job.decode..");

  @ArchTest
  static final ArchRule TYPED_OBJECTS_KNOW_NO_FLINK =
      noClasses()
          .that()
          .resideInAPackage("io.penstock.job.typed..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.flink..",
              "io.penstock.job.source..",
              "io.penstock.job.sink..",
              "io.penstock.job.decode..",
              "io.penstock.job.export..");

  @ArchTest
  static final ArchRule ONE_PACKAGE_IMPORTS_THE_S3_CLIENT =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.penstock.job.s3..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("software.amazon.awssdk..");

  @ArchTest
  static final ArchRule THREE_PACKAGES_IMPORT_PARQUET =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.penstock.job.parquet..",
              "io.penstock.job.scan..",
              "io.penstock.job.typed.parquet..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.parquet..");

  @ArchTest
  static final ArchRule ONE_PACKAGE_IMPORTS_COMPRESSORS =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.penstock.job.compress..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "com.intel.gkl..",
              "org.apache.commons.compress..",
              "com.aayushatharva.brotli4j..",
              "io.airlift.compress..");

  @ArchTest
  static final ArchRule NO_CYCLES =
      slices().matching("io.penstock.job.(*)..").should().beFreeOfCycles();
}
