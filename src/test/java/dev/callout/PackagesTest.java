package dev.callout;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.callout.dialler.gateways.SwitchConnections;
import dev.callout.store.sql.DatabaseFault;
import dev.callout.store.sql.Rollbacks;
import dev.callout.store.sql.Sessions;
import dev.callout.store.sql.Transactions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Imports run one way, so that each package can be understood with those below it alone. */
class PackagesTest {

    private static final String ROOT = "dev.callout.";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.callout");

    /** Each package, from the ground up, with those above it in this list that it may use, and with them what they use. */
    private static final String ROOMS =
            """
            campaign.prompt:
            campaign.amd: campaign.prompt
            campaign.menu: campaign.prompt
            campaign.outcome: campaign.amd campaign.menu
            campaign.answered: campaign.prompt
            esl.wire:
            lifecycle:
            sheet:
            simulator.callee:
            store.sql:
            timetable:
            campaign.report: campaign.outcome
            campaign: campaign.answered campaign.menu campaign.outcome campaign.prompt
            campaign.telephone: campaign
            campaign.rules: campaign campaign.telephone
            esl.client: esl.wire
            simulator.ledger: simulator.callee
            campaign.dial: campaign campaign.outcome campaign.telephone
            campaign.gateway: campaign campaign.telephone
            esl.call: esl.client esl.wire
            settings.file: campaign
            simulator.events: simulator.callee simulator.ledger
            store.audit: store.sql
            store.prompts: campaign campaign.menu campaign.prompt store.sql
            store: campaign campaign.outcome campaign.rules campaign.telephone store.audit store.prompts store.sql
            store.stop: store.audit store.sql
            store.outbox: store.sql
            store.gateway: campaign campaign.dial campaign.gateway campaign.telephone store.sql
            store.variables: campaign campaign.dial
            store.rules: campaign.rules campaign.telephone store.sql
            store.listed: campaign.telephone store.sql
            store.claim: campaign campaign.outcome campaign.rules campaign.telephone store.listed store.rules store.sql
            store.preview: campaign campaign.rules campaign.telephone store.listed store.rules store.sql
            store.schema: campaign store.sql
            store.lists: store.schema store.sql
            esl.switches: esl.call esl.client esl.wire
            settings: campaign campaign.dial campaign.outcome campaign.prompt campaign.rules settings.file
            dialler.prompts: campaign.prompt settings store store.prompts store.sql
            dialler.webhook: settings
            simulator: simulator.callee simulator.events simulator.ledger
            store.donotcall: campaign campaign.telephone store store.sql
            store.testcall: campaign.telephone store.audit store.listed store.sql
            store.numbers: campaign.outcome store.claim store.donotcall store.gateway store.rules store.schema store.sql
            store.person: campaign.telephone store.audit store.numbers store.schema store.sql
            api.access: settings store
            api.http: api.access lifecycle settings
            dialler.routes: campaign campaign.menu lifecycle settings
            dialler.outbox: store store.outbox
            dialler.stop: campaign store store.audit store.stop
            esl: esl.call esl.client esl.switches esl.wire
            esl.micrometer: esl.switches
            api.files: api.http
            api.imports: api.files api.http campaign campaign.dial campaign.telephone store store.variables
            check: campaign campaign.dial campaign.rules campaign.telephone dialler.routes esl.client esl.wire settings
                settings.file store store.donotcall store.gateway store.numbers store.outbox store.prompts store.schema store.sql store.stop timetable
            cli.output: campaign dialler.routes settings.file store
            dialler.attempt: campaign campaign.outcome store store.claim store.numbers store.rules store.schema
                store.sql
            cli.demo: cli.output simulator.callee simulator.ledger store.schema
            dialler.gateways: campaign campaign.gateway campaign.outcome campaign.telephone dialler.attempt settings
                settings.file store.gateway
            dialler.campaigns: campaign campaign.dial campaign.menu campaign.rules campaign.telephone dialler.attempt dialler.gateways
                dialler.prompts dialler.routes settings settings.file store store.claim store.donotcall store.rules
            dialler.node: campaign dialler.attempt dialler.campaigns dialler.stop lifecycle store store.numbers store.schema
                store.sql
            dialler.measure: campaign.outcome dialler.attempt dialler.campaigns dialler.gateways dialler.node store.sql
            dialler.claim: campaign dialler.attempt dialler.campaigns dialler.gateways dialler.measure dialler.node
                lifecycle settings store store.claim store.numbers store.rules store.sql
            dialler.doors: campaign dialler.attempt dialler.campaigns dialler.measure settings
            dialler.operate: campaign campaign.dial campaign.gateway dialler.attempt dialler.campaigns dialler.gateways dialler.measure
                dialler.node dialler.stop lifecycle store store.numbers store.stop timetable
            api.answer: api.http campaign campaign.dial dialler.operate store store.variables
            api.activity: api.answer api.http campaign.outcome dialler.operate lifecycle store
            api.numbers: api.answer api.http dialler.operate store store.lists
            api.prompts: api.answer api.files api.http campaign.prompt settings store store.audit store.prompts
            api.calls: api.answer api.http store store.lists
            api.report: api.answer api.http campaign.report dialler.operate sheet store
            api.stop: api.answer api.http dialler.stop store.stop
            api.donotcall: api.access api.answer api.files api.http campaign campaign.telephone store store.donotcall
            dialler.dial: campaign campaign.dial campaign.gateway campaign.rules dialler.attempt dialler.campaigns dialler.doors
                dialler.gateways
                dialler.measure dialler.node dialler.stop lifecycle store store.numbers store.variables
            dialler.outcome: campaign campaign.outcome dialler.attempt dialler.campaigns dialler.doors
                dialler.gateways dialler.measure dialler.node dialler.stop settings store store.claim store.gateway store.numbers
                store.sql store.stop
            dialler.testcall: campaign campaign.outcome campaign.telephone dialler.attempt dialler.campaigns dialler.doors
                dialler.gateways dialler.node dialler.operate dialler.outcome settings store store.claim store.testcall
            api.testcall: api.access api.answer api.http dialler.operate dialler.testcall
            api.listed: api.access api.answer api.http api.imports campaign campaign.dial campaign.rules campaign.telephone dialler.campaigns
                dialler.operate settings store store.audit store.gateway store.lists store.numbers store.prompts store.schema
                timetable
            dialler: campaign.dial dialler.attempt dialler.campaigns dialler.claim dialler.dial dialler.doors
                dialler.gateways dialler.measure dialler.node dialler.operate dialler.outbox dialler.outcome dialler.prompts dialler.routes dialler.stop
                dialler.testcall dialler.webhook esl.micrometer lifecycle settings sheet settings.file store store.donotcall store.gateway
                store.numbers store.outbox store.prompts store.rules store.schema store.stop store.testcall
            api: api.activity api.answer api.calls api.donotcall api.http api.imports api.listed api.numbers api.prompts api.report api.stop api.testcall campaign campaign.dial dialler.attempt
                dialler.campaigns dialler.measure dialler.operate dialler.routes dialler.stop dialler.testcall dialler.webhook lifecycle settings sheet store
                store.lists store.numbers store.prompts
                store.person store.preview store.schema store.variables
            cli.access: cli.output settings settings.file
            cli.gateway: cli.access cli.output
            cli.prompt: cli.access cli.output
            cli.report: cli.access cli.output
            cli.testcall: cli.access cli.output
            cli: api.imports campaign campaign.dial campaign.telephone check cli.access cli.gateway cli.prompt cli.report cli.testcall cli.demo cli.output dialler dialler.campaigns settings settings.file
                simulator simulator.callee store store.schema store.sql
            karaf: campaign check dialler dialler.campaigns dialler.operate dialler.routes settings settings.file
                store store.sql
            """;

    private static final int MOST_CLASSES = 20;

    @Test
    void importsRunOneWay() {
        Map<String, Set<String>> rooms = rooms();
        Map<String, Set<String>> reach = new HashMap<>();
        rooms.forEach((room, below) -> {
            assertThat(reach.keySet()).as("packages that stand before " + room).containsAll(below);
            Set<String> all = new HashSet<>(below);
            below.forEach(one -> all.addAll(reach.get(one)));
            reach.put(room, all);
            String[] allowed = Stream.concat(Stream.of(room), all.stream())
                    .map(name -> ROOT + name)
                    .toArray(String[]::new);
            classes()
                    .that()
                    .resideInAPackage(ROOT + room)
                    .should()
                    .onlyDependOnClassesThat(resideOutsideOfPackage(ROOT + ".").or(resideInAnyPackage(allowed)))
                    .check(CLASSES.that(not(type(SwitchConnections.class))));
        });
    }

    /** While the dialler runs, one class of it gives the component changed switches; all else goes by routes and headers. */
    @Test
    void theDiallerMeetsTheComponentInOneClass() {
        noClasses()
                .that()
                .resideInAPackage("dev.callout.dialler..")
                .and()
                .areNotAssignableTo(SwitchConnections.class)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.callout.esl", "dev.callout.esl.switches", "dev.callout.esl.call")
                .check(CLASSES);
    }

    @Test
    void eachPackageIsListedAndSmallEnoughToBeReadAtOnce() {
        Map<String, Long> sizes = CLASSES.stream()
                .filter(one -> one.isTopLevelClass() && !one.getSimpleName().equals("package-info"))
                .filter(one -> one.getSource().isPresent() && !isGenerated(one))
                .collect(Collectors.groupingBy(
                        one -> one.getPackageName().substring(ROOT.length()), Collectors.counting()));
        assertThat(sizes.keySet()).isEqualTo(rooms().keySet());
        assertThat(sizes.values()).allMatch(size -> size <= MOST_CLASSES);
    }

    private static boolean isGenerated(JavaClass one) {
        return one.getSimpleName().matches("Esl.*(Configurer|UriFactory|Loader)");
    }

    private static Map<String, Set<String>> rooms() {
        Map<String, Set<String>> rooms = new LinkedHashMap<>();
        for (String line : ROOMS.replaceAll("\n +", " ").lines().toList()) {
            String[] parts = line.split(":");
            rooms.put(
                    parts[0],
                    parts.length == 1 ? Set.of() : Set.of(parts[1].strip().split(" ")));
        }
        return rooms;
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
                        .and(not(type(Rollbacks.class)))
                        .and(not(type(Rollbacks.Kind.class)))
                        .and(not(type(Rollbacks.Reason.class)))
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
                .and()
                .resideOutsideOfPackage("dev.callout.campaign.telephone")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "dev.callout.campaign..")
                .check(CLASSES);
    }

    @Test
    void telephonesNeedTheirMetadataToo() {
        classes()
                .that()
                .resideInAPackage("dev.callout.campaign.telephone")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..", "javax.crypto..", "dev.callout.campaign..", "com.google.i18n.phonenumbers..")
                .check(CLASSES);
    }

    @Test
    void theProtocolKnowsNothingOfCamel() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.callout.esl.wire", "dev.callout.esl.client", "dev.callout.simulator..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.camel..")
                .check(CLASSES);
    }

    @Test
    void theEslComponentNeedsCamelNettyAndTheJdkOnly() {
        classes()
                .that()
                .resideInAnyPackage(
                        "dev.callout.esl",
                        "dev.callout.esl.wire",
                        "dev.callout.esl.client",
                        "dev.callout.esl.call",
                        "dev.callout.esl.switches")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.callout.esl",
                        "dev.callout.esl.wire",
                        "dev.callout.esl.client",
                        "dev.callout.esl.call",
                        "dev.callout.esl.switches",
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
                .doNotHaveFullyQualifiedName("dev.callout.cli.output.Printout")
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
