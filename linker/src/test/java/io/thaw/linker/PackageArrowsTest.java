package io.thaw.linker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Folders are stages and arrows point one way. */
class PackageArrowsTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.thaw.linker");

  @Test
  void theModelIsTheGroundFloor() {
    noClasses()
        .that()
        .resideInAPackage("io.thaw.linker.model..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.thaw.linker.archive..",
            "io.thaw.linker.criu..",
            "io.thaw.linker.elf..",
            "io.thaw.linker.image..",
            "io.thaw.linker.plan..",
            "io.thaw.linker.platform..")
        .check(CLASSES);
  }

  @Test
  void thePlanKnowsNeitherReadersNorWriters() {
    noClasses()
        .that()
        .resideInAPackage("io.thaw.linker.plan..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.thaw.linker.archive..",
            "io.thaw.linker.criu..",
            "io.thaw.linker.elf..",
            "io.thaw.linker.image..")
        .check(CLASSES);
  }

  @Test
  void readersKnowNeitherPlanNorWriters() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.thaw.linker.archive..", "io.thaw.linker.criu..", "io.thaw.linker.elf..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.thaw.linker.image..", "io.thaw.linker.plan..")
        .check(CLASSES);
  }

  @Test
  void noPackagesDependOnEachOtherInACircle() {
    slices().matching("io.thaw.linker.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void generatedMessagesStayInThePackageOfTheirFormat() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.thaw.linker.criu..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.thaw.linker.criu.proto..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackage("io.thaw.linker.recording..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.thaw.linker.recording.proto..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackages("io.thaw.linker.criu..", "io.thaw.linker.recording..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.google.protobuf..")
        .check(CLASSES);
  }
}
