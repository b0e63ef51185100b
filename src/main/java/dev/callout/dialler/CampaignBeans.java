package dev.callout.dialler;

import dev.callout.campaign.dial.DialString;
import dev.callout.dialler.campaigns.BudgetWatch;
import dev.callout.dialler.campaigns.Campaigns;
import dev.callout.dialler.campaigns.DialerXmlImport;
import dev.callout.dialler.campaigns.DoNotCallReading;
import dev.callout.dialler.campaigns.Draining;
import dev.callout.dialler.campaigns.NodeTerms;
import dev.callout.dialler.campaigns.RuleJudging;
import dev.callout.dialler.campaigns.TelephoneReading;
import dev.callout.dialler.claim.HolderSearch;
import dev.callout.dialler.node.RightToDial;
import dev.callout.dialler.prompts.PromptCopies;
import dev.callout.dialler.routes.StatusSteps;
import dev.callout.settings.DialSettings;
import dev.callout.settings.TableOptions;
import dev.callout.store.DatabaseClock;
import dev.callout.store.donotcall.UnusedLists;
import dev.callout.store.gateway.DayBills;
import dev.callout.store.numbers.RulePass;
import dev.callout.store.numbers.UnreadTelephones;
import dev.callout.store.prompts.PromptFileRows;
import dev.callout.store.rules.OldTelephones;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;

/** The campaigns, and what is known of the numbers that they must not call now. */
final class CampaignBeans {

    private static final Duration COPIES_EVERY = Duration.ofSeconds(3);

    final Draining draining;
    final RightToDial right;
    final DialString dialString;
    final Campaigns campaigns;
    final BudgetWatch budgets;
    final HolderSearch holderSearch;
    final TelephoneReading telephoneReading;
    private final PromptCopies promptCopies;
    private final CamelContext camelContext;

    CampaignBeans(NodeBeans node, WayOutBeans wayOut) {
        DataSource dataSource = node.dataSource;
        DatabaseClock clock = node.clock;
        TableOptions tableOptions = node.tableOptions;
        this.draining = node.bind("draining", new Draining(node.attempts, wayOut.switches));
        this.right = new RightToDial(node.lease, node.routes, draining, node.stopAll);
        DialSettings dial = node.current().calls().dial();
        this.dialString = node.bind(
                "dialString",
                new DialString(
                        dial.installation(), dial.sipProfile(), tableOptions::sipProxy, dial.allowedApplications()));
        this.campaigns = node.bind(
                "campaigns",
                new Campaigns(
                        node::defaults,
                        dialString,
                        wayOut.gateways,
                        wayOut.switches,
                        clock,
                        new StatusSteps(
                                node.routes::hasStep, node.current().outbox().isPresent())));
        this.camelContext = node.camelContext;
        this.promptCopies = new PromptCopies(() -> node.current().prompts(), node.name, new PromptFileRows(dataSource));
        this.budgets = node.bind("budgets", new BudgetWatch(new DayBills(dataSource), campaigns, clock));
        this.holderSearch = node.bind("holderSearch", new HolderSearch(dataSource, campaigns.heldRows()));
        node.bind(
                "doNotCallReading",
                new DoNotCallReading(
                        dataSource, campaigns, () -> node.current().calls().country(), tableOptions));
        this.telephoneReading = node.bind(
                "telephoneReading",
                new TelephoneReading(campaigns, list -> new UnreadTelephones(dataSource, list), System::nanoTime));
        NodeTerms terms = new NodeTerms(
                node.nodes, node.lease::incarnation, () -> node.defaults().terms());
        node.bind(
                "ruleJudging",
                new RuleJudging(
                        campaigns,
                        terms,
                        list -> new RulePass(dataSource, list),
                        clock,
                        tableOptions,
                        System::nanoTime));
        node.bind("oldTelephones", new OldTelephones(dataSource, clock::now, System::nanoTime));
        node.bind("unusedLists", new UnusedLists(dataSource, clock));
        node.bind(
                "dialerXml",
                new DialerXmlImport(() -> node.current().dialerXml().orElse(null), dataSource));
    }

    /** Writes copies of uploaded prompts now and then, on a thread that ends with the context: a disk may hang. */
    void keepPromptCopies() {
        camelContext
                .getExecutorServiceManager()
                .newSingleThreadScheduledExecutor(this, "CalloutPromptCopies")
                .scheduleWithFixedDelay(promptCopies::keep, 0, COPIES_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }
}
