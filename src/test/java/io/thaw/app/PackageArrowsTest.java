package io.thaw.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The command line is on top, and only there. */
class PackageArrowsTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.thaw.app");

  @Test
  void nothingKnowsTheCommandLine() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.thaw.app.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.thaw.app.cli..", "picocli..")
        .check(CLASSES);
  }

  @Test
  void runningKnowsNothingOfDumps() {
    noClasses()
        .that()
        .resideInAPackage("io.thaw.app.run..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.thaw.app.link..", "io.thaw.linker.archive..", "io.thaw.linker.criu..")
        .check(CLASSES);
  }

  @Test
  void noPackagesDependOnEachOtherInACircle() {
    slices().matching("io.thaw.app.(*)..").should().beFreeOfCycles().check(CLASSES);
  }
}
