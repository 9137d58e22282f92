package org.fondaco.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.fondaco.api.FondacoApplication;
import org.fondaco.db.postgres.EmbeddedPostgres;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** The arrows of docs/ARCHITECTURE.md go down its list only. */
class ArchitectureTest {
  private static JavaClasses house;

  @BeforeAll
  static void read() {
    house =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.fondaco");
    assertThat(house.contain("org.fondaco.engine.protocol.EngineEvent")).isTrue();
    assertThat(house.contain("org.fondaco.db.Database")).isTrue();
    assertThat(house.contain("org.fondaco.custody.ledger.LedgerPort")).isTrue();
    assertThat(house.contain(FondacoApplication.class)).isTrue();
  }

  @Test
  void theEngineKnowsNeitherTheDatabaseNorTheApiNorSpring() {
    noClasses()
        .that()
        .resideInAPackage("org.fondaco.engine..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.fondaco.db..",
            "org.fondaco.api..",
            "org.springframework..",
            "org.jooq..",
            "java.sql..",
            "javax.sql..",
            "jakarta..",
            "tools.jackson..",
            "com.fasterxml..")
        .because("the same state machine runs in a ring, in a replica and in a Raft log")
        .check(house);
  }

  @Test
  void theDatabaseKnowsNeitherTheEngineNorTheApiNorSpring() {
    noClasses()
        .that()
        .resideInAPackage("org.fondaco.db..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.fondaco.engine..", "org.fondaco.api..", "org.springframework..")
        .check(house);
  }

  @Test
  void custodyReachesChainsAndTheEngineThroughTheirPublicFacesOnly() {
    noClasses()
        .that()
        .resideInAPackage("org.fondaco.custody..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.fondaco.engine..",
            "org.fondaco.chain..",
            "org.fondaco.api..",
            "org.springframework..")
        .because("nothing in custody can tell which node or which ledger it talks to")
        .check(house);
  }

  @Test
  void noChainNodeKnowsCustody() {
    noClasses()
        .that()
        .resideInAnyPackage("org.fondaco.engine..", "org.fondaco.chain..", "org.fondaco.db..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.fondaco.custody..")
        .check(house);
  }

  @Test
  void noPackagesOfCustodyUseEachOtherInACircle() {
    slices().matching("org.fondaco.custody.(*)..").should().beFreeOfCycles().check(house);
  }

  @Test
  void theEmbeddedServerIsReachedThroughTheDatabaseOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.fondaco.db..")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(EmbeddedPostgres.class)
        .check(house);
  }

  @Test
  void onlyTheProjectionTouchesTheTablesOfTheHistory() {
    classes()
        .that()
        .haveNameMatching(
            "org\\.fondaco\\.db\\.schema\\.tables\\.(records\\.)?(AggregateTrades|Assets|Klines|Balances|LedgerEntries|Orders|OrderLists|ProjectorWatermark|Symbols|Trades)(Record)?")
        .should()
        .onlyHaveDependentClassesThat(
            resideInAPackage("org.fondaco.api.projection..")
                // Reads what customers own at a Mark; the proof of liabilities is made of it.
                .or(resideInAPackage("org.fondaco.custody.liability.."))
                .or(resideInAPackage("org.fondaco.db.schema..")))
        .because("a table is written by one owner package")
        .check(house);
  }

  @Test
  void noPackagesOfTheEngineUseEachOtherInACircle() {
    slices().matching("org.fondaco.engine.(*)..").should().beFreeOfCycles().check(house);
  }

  @Test
  void thePackagesOfTheApiAreModules() {
    ApplicationModules modules = ApplicationModules.of(FondacoApplication.class);
    assertThat(modules.stream()).isNotEmpty();
    modules.verify();
  }
}
