package io.penstock.control;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The module's structure, as the README draws it. */
@AnalyzeClasses(
    packages = "io.penstock.control",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  @ArchTest
  static final ArchRule NO_FLINK_AND_NO_JOB =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.flink..", "io.penstock.job..");

  @ArchTest
  static final ArchRule DIALECTS_ARE_STRANGERS =
      slices().matching("io.penstock.control.dialect.(*)..").should().notDependOnEachOther();

  @ArchTest
  static final ArchRule NOTHING_KNOWS_A_DIALECT =
      noClasses()
          .that()
          .resideInAnyPackage("io.penstock.control.(*)..")
          .and()
          .resideOutsideOfPackages("io.penstock.control.dialect..", "io.penstock.control")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.penstock.control.dialect..");

  @ArchTest
  static final ArchRule ONE_PACKAGE_IMPORTS_ICEBERG_AND_S3 =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.penstock.control.publish..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.iceberg..", "software.amazon.awssdk..");

  @ArchTest
  static final ArchRule ONE_PACKAGE_IMPORTS_JDBI =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.penstock.control.store..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.jdbi..", "org.flywaydb..", "com.zaxxer..");

  @ArchTest
  static final ArchRule ONE_PACKAGE_IMPORTS_TOKENS_AND_PASSWORDS =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.penstock.control.identity..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.auth0..", "com.password4j..");

  @ArchTest
  static final ArchRule ONE_PACKAGE_IMPORTS_PARSERS =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.penstock.control.expression..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.calcite..", "org.mozilla..");

  @ArchTest
  static final ArchRule ONE_PACKAGE_IMPORTS_THE_SCHEDULER =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.penstock.control.store..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.github.kagkarlsson..");

  @ArchTest
  static final ArchRule JAVALIN_STAYS_AT_THE_EDGE =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.penstock.control.http..", "io.penstock.control.dialect..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.javalin..");

  @ArchTest
  static final ArchRule NO_CYCLES =
      slices().matching("io.penstock.control.(*)..").should().beFreeOfCycles();
}
