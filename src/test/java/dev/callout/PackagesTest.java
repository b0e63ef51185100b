package dev.callout;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/** Imports run one way, so that each package can be understood with those below it alone. */
class PackagesTest {

    private static final JavaClasses CLASSES = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.callout");

    @Test
    void importsRunOneWay() {
        Architectures.layeredArchitecture().consideringOnlyDependenciesInLayers()
                .layer("campaign").definedBy("dev.callout.campaign..")
                .layer("store").definedBy("dev.callout.store..")
                .layer("settings").definedBy("dev.callout.settings..")
                .layer("wire").definedBy("dev.callout.esl.wire..")
                .layer("esl").definedBy("dev.callout.esl")
                .layer("dialler").definedBy("dev.callout.dialler..")
                .layer("api").definedBy("dev.callout.api..")
                .layer("check").definedBy("dev.callout.check..")
                .layer("simulator").definedBy("dev.callout.simulator..")
                .layer("cli").definedBy("dev.callout.cli..")
                .layer("karaf").definedBy("dev.callout.karaf..")
                .whereLayer("campaign").mayNotAccessAnyLayer()
                .whereLayer("store").mayOnlyAccessLayers("campaign")
                .whereLayer("settings").mayOnlyAccessLayers("campaign")
                .whereLayer("wire").mayNotAccessAnyLayer()
                .whereLayer("esl").mayOnlyAccessLayers("wire")
                .whereLayer("dialler").mayOnlyAccessLayers("store", "settings", "campaign")
                .whereLayer("api").mayOnlyAccessLayers("dialler", "store", "settings", "campaign")
                .whereLayer("check").mayOnlyAccessLayers("store", "settings", "campaign", "wire")
                .whereLayer("simulator").mayOnlyAccessLayers("wire")
                .whereLayer("cli").mayOnlyAccessLayers("dialler", "check", "simulator", "store", "settings", "campaign")
                .whereLayer("karaf").mayOnlyAccessLayers("dialler", "check", "store", "settings")
                .check(CLASSES);
    }

    @Test
    void campaignRulesNeedTheJdkOnly() {
        classes().that().resideInAPackage("dev.callout.campaign..").should().onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "dev.callout.campaign..").check(CLASSES);
    }

    @Test
    void theProtocolKnowsNothingOfCamel() {
        noClasses().that().resideInAnyPackage("dev.callout.esl.wire..", "dev.callout.simulator..").should()
                .dependOnClassesThat().resideInAPackage("org.apache.camel..").check(CLASSES);
    }

    @Test
    void onlyKarafKnowsOsgi() {
        noClasses().that().resideOutsideOfPackage("dev.callout.karaf..").should().dependOnClassesThat()
                .resideInAnyPackage("org.osgi..", "org.apache.karaf..").check(CLASSES);
    }
}
