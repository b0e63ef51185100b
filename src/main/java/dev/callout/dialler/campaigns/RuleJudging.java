package dev.callout.dialler.campaigns;

import dev.callout.campaign.Campaign;
import dev.callout.settings.TableOptions;
import dev.callout.store.DatabaseClock;
import dev.callout.store.numbers.RulePass;
import dev.callout.store.rules.BindingRules;
import dev.callout.store.schema.ListSchema;
import dev.callout.store.sql.DatabaseFault;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges numbers by calling rules in the background. It goes through a table of numbers once if the rules of a campaign,
 * whose numbers they keep closed, have changed, or bind it no more: what they allow is open then. It does so as well if
 * claims meet so many numbers to close that they find too few others, as in the evening: it closes them by thousands.
 */
public final class RuleJudging {

    private static final Logger LOG = LoggerFactory.getLogger(RuleJudging.class);

    /** How long numbers stay as another node that judges otherwise has judged them. */
    static final Duration REST_AFTER_OTHERS = Duration.ofMinutes(10);

    private static final Duration TURN = Duration.ofMillis(250);
    /** Stands for table {@code campaign_phones}. No list has this name. */
    private static final String PHONES = "";

    private final Campaigns campaigns;
    private final NodeTerms terms;
    private final Function<String, RulePass> tables;
    private final DatabaseClock clock;
    private final TableOptions options;
    private final LongSupplier nanoTime;
    /** By list. Only the route's one thread uses it. */
    private final Map<String, Way> ways = new HashMap<>();
    /** The latest passes that ended, by campaign. */
    private final Map<Long, Judged> latest = new HashMap<>();

    private record Judged(String version, long at) {}

    /** How far a table has been passed. */
    private static final class Way {
        private final RulePass table;
        /** What is judged in this pass, by campaign. Empty: there is no pass. */
        private Map<Long, Optional<BindingRules>> judged = Map.of();

        private long row;
        private boolean leftOut;
        private long began;
        private long nextAt;

        private Way(RulePass table, long now) {
            this.table = table;
            this.nextAt = now;
        }
    }

    /**
     * @param terms    by what the nodes judge
     * @param tables   gives access to the table of a list; null: {@code campaign_phones}
     * @param nanoTime the monotonic clock in nanoseconds
     */
    public RuleJudging(
            Campaigns campaigns,
            NodeTerms terms,
            Function<String, RulePass> tables,
            DatabaseClock clock,
            TableOptions options,
            LongSupplier nanoTime) {
        this.campaigns = campaigns;
        this.terms = terms;
        this.tables = tables;
        this.clock = clock;
        this.options = options;
        this.nanoTime = nanoTime;
    }

    /**
     * Goes on, for a quarter of a second at most in each table.
     *
     * @throws SQLException if the database did not answer
     */
    public void judge() throws SQLException {
        terms.tell();
        Map<String, Map<Long, CampaignState>> byTable = byTable();
        ways.keySet().retainAll(byTable.keySet());
        latest.keySet().removeIf(id -> !campaigns.knows(id));
        for (Map.Entry<String, Map<Long, CampaignState>> each : byTable.entrySet()) {
            Way way = ways.computeIfAbsent(
                    each.getKey(),
                    list -> new Way(tables.apply(list.equals(PHONES) ? null : list), nanoTime.getAsLong()));
            if (!way.judged.equals(bindings(each.getValue(), way.judged.keySet()))) {
                // Rules have changed meanwhile.
                way.judged = Map.of();
                way.nextAt = nanoTime.getAsLong();
            }
            try {
                if (way.judged.isEmpty()) {
                    begin(way, each.getValue(), each.getKey().equals(PHONES));
                }
                if (!way.judged.isEmpty()) {
                    go(way);
                }
            } catch (SQLException e) {
                if (!DatabaseFault.of(e).ofItsRows()) {
                    throw e;
                }
                rest(way, each.getKey(), e);
            }
        }
    }

    /** A table that is locked, or that the server refuses, does not keep the others from being judged. */
    private void rest(Way way, String list, SQLException fault) {
        LOG.debug("Table {} is judged by calling rules later", list.equals(PHONES) ? "campaign_phones" : list, fault);
        way.judged = Map.of();
        way.nextAt =
                nanoTime.getAsLong() + options.scanInterval().multipliedBy(2).toNanos();
    }

    private Map<String, Map<Long, CampaignState>> byTable() {
        Map<String, Map<Long, CampaignState>> byTable = new TreeMap<>();
        for (CampaignState state : campaigns.usable()) {
            String list = state.campaign().destinationList();
            if (list == null || Campaign.isListName(list) && !ListSchema.isOwnTable(list)) {
                byTable.computeIfAbsent(list == null ? PHONES : list, table -> new TreeMap<>())
                        .put(state.campaign().id(), state);
            }
        }
        return byTable;
    }

    private static Map<Long, Optional<BindingRules>> bindings(Map<Long, CampaignState> states, Set<Long> ids) {
        Map<Long, Optional<BindingRules>> bindings = new TreeMap<>();
        states.forEach((id, state) -> {
            if (ids.contains(id)) {
                bindings.put(id, state.binding());
            }
        });
        return bindings;
    }

    private void begin(Way way, Map<Long, CampaignState> states, boolean phones) throws SQLException {
        if (nanoTime.getAsLong() - way.nextAt < 0) {
            return;
        }
        Map<Long, Optional<BindingRules>> judged = new TreeMap<>();
        for (Map.Entry<Long, CampaignState> each : states.entrySet()) {
            long id = each.getKey();
            CampaignState state = each.getValue();
            boolean one = phones || judged.isEmpty();
            if (one
                    && (isClosedByOthers(id, state) || state.findsMostClosed())
                    && way.table.begin(id, state.version())) {
                judged.put(id, state.binding());
                state.judging();
            }
        }
        way.judged = judged;
        way.row = 0;
        way.leftOut = false;
        way.began = nanoTime.getAsLong();
    }

    /**
     * Whether numbers are closed that others have judged. Nodes that judge otherwise would judge them anew without end: if
     * there are any, this node leaves alone for a while what it has judged by the same rules before.
     */
    private boolean isClosedByOthers(long id, CampaignState state) throws SQLException {
        if (!state.isClosedByOthers()) {
            return false;
        }
        Judged before = latest.get(id);
        return before == null
                || !before.version().equals(state.version())
                || nanoTime.getAsLong() - before.at() >= REST_AFTER_OTHERS.toNanos()
                || !terms.differ();
    }

    private void go(Way way) throws SQLException {
        long until = nanoTime.getAsLong() + TURN.toNanos();
        do {
            Optional<RulePass.Part> part = way.table.next(way.row, way.judged, clock.due());
            if (part.isEmpty()) {
                end(way);
                return;
            }
            way.row = part.get().last();
            way.leftOut |= part.get().leftOut();
        } while (nanoTime.getAsLong() - until < 0);
    }

    /** Rests as long as the pass took, and until the campaigns have been read again, so that nothing is judged twice in vain. */
    private void end(Way way) throws SQLException {
        for (Map.Entry<Long, Optional<BindingRules>> each : way.judged.entrySet()) {
            if (!way.leftOut) {
                String version = each.getValue().map(BindingRules::version).orElse(BindingRules.NO_VERSION);
                way.table.end(each.getKey(), version);
                latest.put(each.getKey(), new Judged(version, nanoTime.getAsLong()));
            }
        }
        long now = nanoTime.getAsLong();
        LOG.debug("Campaigns {}: their numbers have been judged by calling rules", way.judged.keySet());
        way.nextAt = now
                + Math.max(
                        now - way.began, options.scanInterval().multipliedBy(2).toNanos());
        way.judged = Map.of();
    }
}
