package dev.callout;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures;
import dev.callout.store.sql.DatabaseFault;
import dev.callout.store.sql.Sessions;
import dev.callout.store.sql.Transactions;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Imports run one way, so that each package can be understood with those below it alone. */
class PackagesTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.callout");

    @Test
    void importsRunOneWay() {
        Architectures.layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .ensureAllClassesAreContainedInArchitecture()
                .layer("campaign")
                .definedBy("dev.callout.campaign..")
                .layer("sql")
                .definedBy("dev.callout.store.sql")
                .layer("schema")
                .definedBy("dev.callout.store.schema")
                .layer("numbers")
                .definedBy("dev.callout.store.numbers")
                .layer("store")
                .definedBy("dev.callout.store")
                .layer("settings")
                .definedBy("dev.callout.settings..")
                .layer("wire")
                .definedBy("dev.callout.esl.wire..")
                .layer("esl")
                .definedBy("dev.callout.esl")
                .layer("micrometer")
                .definedBy("dev.callout.esl.micrometer")
                .layer("lifecycle")
                .definedBy("dev.callout.lifecycle")
                .layer("timetable")
                .definedBy("dev.callout.timetable")
                .layer("dialler")
                .definedBy("dev.callout.dialler..")
                .layer("api")
                .definedBy("dev.callout.api")
                .layer("http")
                .definedBy("dev.callout.api.http")
                .layer("imports")
                .definedBy("dev.callout.api.imports")
                .layer("check")
                .definedBy("dev.callout.check..")
                .layer("callee")
                .definedBy("dev.callout.simulator.callee")
                .layer("ledger")
                .definedBy("dev.callout.simulator.ledger")
                .layer("simulator")
                .definedBy("dev.callout.simulator")
                .layer("cli")
                .definedBy("dev.callout.cli..")
                .layer("karaf")
                .definedBy("dev.callout.karaf..")
                .whereLayer("campaign")
                .mayNotAccessAnyLayer()
                .whereLayer("sql")
                .mayNotAccessAnyLayer()
                .whereLayer("schema")
                .mayOnlyAccessLayers("sql", "campaign")
                .whereLayer("numbers")
                .mayOnlyAccessLayers("sql", "schema", "campaign")
                .whereLayer("store")
                .mayOnlyAccessLayers("sql", "campaign")
                .whereLayer("settings")
                .mayOnlyAccessLayers("campaign")
                .whereLayer("wire")
                .mayNotAccessAnyLayer()
                .whereLayer("esl")
                .mayOnlyAccessLayers("wire")
                .whereLayer("micrometer")
                .mayOnlyAccessLayers("esl")
                .whereLayer("lifecycle")
                .mayNotAccessAnyLayer()
                .whereLayer("timetable")
                .mayNotAccessAnyLayer()
                .whereLayer("dialler")
                .mayOnlyAccessLayers(
                        "micrometer",
                        "lifecycle",
                        "timetable",
                        "store",
                        "numbers",
                        "schema",
                        "sql",
                        "settings",
                        "campaign")
                .whereLayer("http")
                .mayOnlyAccessLayers("settings")
                .whereLayer("imports")
                .mayOnlyAccessLayers("http", "store", "campaign")
                .whereLayer("api")
                .mayOnlyAccessLayers(
                        "http",
                        "imports",
                        "dialler",
                        "lifecycle",
                        "timetable",
                        "store",
                        "numbers",
                        "schema",
                        "settings",
                        "campaign")
                .whereLayer("check")
                .mayOnlyAccessLayers(
                        "dialler", "timetable", "store", "numbers", "schema", "sql", "settings", "campaign", "wire")
                .whereLayer("callee")
                .mayNotAccessAnyLayer()
                .whereLayer("ledger")
                .mayOnlyAccessLayers("callee")
                .whereLayer("simulator")
                .mayOnlyAccessLayers("callee", "ledger")
                .whereLayer("cli")
                .mayOnlyAccessLayers(
                        "dialler",
                        "check",
                        "simulator",
                        "callee",
                        "ledger",
                        "store",
                        "schema",
                        "sql",
                        "settings",
                        "campaign")
                .whereLayer("karaf")
                .mayOnlyAccessLayers("dialler", "check", "store", "sql", "settings", "campaign")
                // While it runs, the component hears of changed switches from one class; all else goes by routes and
                // headers.
                .ignoreDependency(
                        nameMatching("dev.callout.dialler.SwitchConnections"), resideInAPackage("dev.callout.esl"))
                .check(CLASSES);
    }

    @Test
    void noPackageIsInACircle() {
        slices().matching("dev.callout.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void onlyTheStoreTalksSqlItself() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.callout.store..")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.callout.store.sql")
                        .and(not(type(DatabaseFault.class)))
                        .and(not(type(Transactions.class)))
                        .and(not(type(Transactions.Work.class)))
                        .and(not(type(Sessions.class)))
                        .and(not(type(Sessions.Source.class)))
                        .and(not(type(Sessions.Pool.class))))
                .check(CLASSES);
    }

    @Test
    void campaignRulesNeedTheJdkOnly() {
        classes()
                .that()
                .resideInAPackage("dev.callout.campaign..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "dev.callout.campaign..")
                .check(CLASSES);
    }

    @Test
    void theProtocolKnowsNothingOfCamel() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.callout.esl.wire..", "dev.callout.simulator..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.camel..")
                .check(CLASSES);
    }

    @Test
    void theEslComponentNeedsCamelNettyAndTheJdkOnly() {
        classes()
                .that()
                .resideInAnyPackage("dev.callout.esl", "dev.callout.esl.wire")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.callout.esl",
                        "dev.callout.esl.wire",
                        "org.apache.camel..",
                        "io.netty..",
                        "org.slf4j..",
                        "java..",
                        "javax.management..")
                .check(CLASSES);
    }

    @Test
    void onlyKarafKnowsOsgi() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.callout.karaf..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.osgi..", "org.apache.karaf..")
                .check(CLASSES);
    }

    @Test
    void whatCommandsWriteGoesThroughOneDoor() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.callout.cli.Printout")
                .should()
                .callMethod(CommandLine.class, "getOut")
                .orShould()
                .callMethod(CommandLine.class, "getErr")
                .check(CLASSES);
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.callout.karaf.Console")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(CLASSES);
    }
}
