package dev.callout.dialler.campaigns;

import dev.callout.campaign.Campaign;
import dev.callout.campaign.telephone.Country;
import dev.callout.store.numbers.UnreadTelephones;
import dev.callout.store.schema.ListSchema;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads in the background which telephones the numbers of campaigns with a country mean: those that SQL inserted, and
 * those that were read by another country. It goes through each table from the first row to the last, then follows
 * the rows that are added behind. It begins anew once an hour, and when campaigns get, change or lose a country. A claim
 * that meets a number before does not wait, but reads it.
 */
public final class TelephoneReading implements MeterBinder {

    private static final Logger LOG = LoggerFactory.getLogger(TelephoneReading.class);

    private static final Duration TURN = Duration.ofMillis(250);
    /** Finds what was changed, or committed late, in rows that have been passed. */
    private static final Duration ANEW = Duration.ofHours(1);
    /** Stands for table {@code campaign_phones}. No list has this name. */
    private static final String PHONES = "";

    private final Campaigns campaigns;
    private final Function<String, UnreadTelephones> tables;
    private final LongSupplier nanoTime;
    /** By list. Only the route's one thread uses it. */
    private final Map<String, Way> ways = new HashMap<>();

    private volatile double share = 1;

    /** How far a table has been passed. */
    private static final class Way {
        private final UnreadTelephones table;
        private Map<Country, Set<Long>> readFor = Map.of();
        private boolean anew = true;
        private boolean passed = true;
        private long began;
        private long row;
        private long lastRow;
        private long read;

        private Way(UnreadTelephones table) {
            this.table = table;
        }

        private double share() {
            return passed || lastRow == 0 ? 1 : Math.min(1, (double) row / lastRow);
        }
    }

    /**
     * @param tables   gives access to the table of a list; null: {@code campaign_phones}
     * @param nanoTime the monotonic clock in nanoseconds
     */
    public TelephoneReading(Campaigns campaigns, Function<String, UnreadTelephones> tables, LongSupplier nanoTime) {
        this.campaigns = campaigns;
        this.tables = tables;
        this.nanoTime = nanoTime;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("callout.telephones.read", this, one -> one.share)
                .description("How much of the tables of numbers has been read: which telephones the numbers mean; from"
                        + " 0 to 1, of the table that is behind the others")
                .register(registry);
    }

    /**
     * Goes on, for a quarter of a second at most in each table.
     *
     * @throws SQLException if the database did not answer
     */
    public void read() throws SQLException {
        Map<String, Map<Country, Set<Long>>> wanted = wanted();
        ways.keySet().retainAll(wanted.keySet());
        for (Map.Entry<String, Map<Country, Set<Long>>> each : wanted.entrySet()) {
            Way way = ways.computeIfAbsent(
                    each.getKey(), list -> new Way(tables.apply(list.equals(PHONES) ? null : list)));
            long now = nanoTime.getAsLong();
            prepare(way, each.getValue(), now);
            go(way, now + TURN.toNanos());
        }
        share = ways.values().stream().mapToDouble(Way::share).min().orElse(1);
    }

    /** What changes during a pass counts at once for the rows ahead, and for the others in one more pass. */
    private static void prepare(Way way, Map<Country, Set<Long>> campaigns, long now) throws SQLException {
        way.anew |= !way.readFor.equals(campaigns) || now - way.began >= ANEW.toNanos();
        way.readFor = campaigns;
        if (way.anew && way.passed) {
            way.lastRow = way.table.lastRow();
            way.anew = false;
            way.passed = false;
            way.began = now;
            way.row = 0;
            way.read = 0;
        }
    }

    private static void tell(Way way, int read) {
        if (!way.passed && way.read == 0 && read > 0) {
            LOG.info("Reading which telephones the numbers of table {} mean, in the background", way.table.table());
        }
        way.read += read;
    }

    private void go(Way way, long until) throws SQLException {
        do {
            Optional<UnreadTelephones.Part> part = way.table.readPart(way.row, way.readFor);
            if (part.isEmpty()) {
                if (!way.passed && way.read > 0) {
                    LOG.info(
                            "It has been read which telephones {} numbers of table {} mean",
                            way.read,
                            way.table.table());
                }
                way.passed = true;
                return;
            }
            tell(way, part.get().read());
            way.row = part.get().last();
        } while (nanoTime.getAsLong() - until < 0);
    }

    /**
     * The campaigns with a country by table and country. Where campaigns share a list and have different countries, each
     * reads its numbers by its own as it claims them, so such a list is left to the claims.
     */
    private Map<String, Map<Country, Set<Long>>> wanted() {
        Map<String, Map<Country, Set<Long>>> wanted = new TreeMap<>();
        for (Campaign campaign : campaigns.all()) {
            countryOf(campaign).ifPresent(country -> wanted.computeIfAbsent(
                            campaign.destinationList() == null ? PHONES : campaign.destinationList(),
                            list -> new HashMap<>())
                    .computeIfAbsent(country, one -> new TreeSet<>())
                    .add(campaign.id()));
        }
        wanted.entrySet().removeIf(list -> !list.getKey().equals(PHONES) && isLeft(list.getKey(), list.getValue()));
        return wanted;
    }

    private static boolean isLeft(String list, Map<Country, Set<Long>> campaigns) {
        return campaigns.size() > 1 || !Campaign.isListName(list) || ListSchema.isOwnTable(list);
    }

    private static Optional<Country> countryOf(Campaign campaign) {
        try {
            return Country.of(campaign);
        } catch (IllegalArgumentException e) {
            // The campaign is idle, and says why.
            return Optional.empty();
        }
    }
}
