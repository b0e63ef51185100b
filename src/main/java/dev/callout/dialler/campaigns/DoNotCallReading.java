package dev.callout.dialler.campaigns;

import dev.callout.campaign.Campaign;
import dev.callout.campaign.telephone.Country;
import dev.callout.settings.TableOptions;
import dev.callout.store.donotcall.DoNotCallEntries;
import dev.callout.store.donotcall.Register;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads which telephones the entries of the do-not-call lists mean, once in a scan interval, and at once if the country by
 * which they are read changes. Table {@code do_not_call} is read by {@code callout.country}, or else by the only country
 * that campaigns have. Without one, nothing is read.
 */
public final class DoNotCallReading {

    private static final Logger LOG = LoggerFactory.getLogger(DoNotCallReading.class);

    /** After this time it reports its progress, and looks after the other lists. */
    private static final Duration TURN = Duration.ofSeconds(2);
    /** How many times as long as a count of entries takes passes at least from one to the next. */
    private static final int REST = 10;

    private final DoNotCallEntries entries;
    private final Campaigns campaigns;
    private final Supplier<Optional<Country>> country;
    private final TableOptions options;
    private final LongSupplier nanoTime;
    /** The lists that are being read, by name. Only the route's one thread uses it. */
    private final Map<String, Progress> progress = new HashMap<>();

    private volatile long nextAt;
    private volatile Optional<Country> readBy = Optional.empty();

    private static final class Progress {
        private final Register register;
        private final Country country;
        private final DoNotCallEntries.Pass pass;
        private long countAt;
        private long percent;

        private Progress(Register register, Country country, DoNotCallEntries.Pass pass, long now) {
            this.register = register;
            this.country = country;
            this.pass = pass;
            this.countAt = now;
        }

        private boolean isOf(Register other, Country by) {
            return register.equals(other) && country.equals(by);
        }
    }

    /**
     * @param dataSource the database
     * @param country    gives {@code callout.country}
     */
    public DoNotCallReading(
            DataSource dataSource, Campaigns campaigns, Supplier<Optional<Country>> country, TableOptions options) {
        this(new DoNotCallEntries(dataSource), campaigns, country, options, System::nanoTime);
    }

    /** @param nanoTime the monotonic clock in nanoseconds */
    DoNotCallReading(
            DoNotCallEntries entries,
            Campaigns campaigns,
            Supplier<Optional<Country>> country,
            TableOptions options,
            LongSupplier nanoTime) {
        this.entries = entries;
        this.campaigns = campaigns;
        this.country = country;
        this.options = options;
        this.nanoTime = nanoTime;
        this.nextAt = nanoTime.getAsLong();
    }

    /** Whether it is time to look for entries to read. */
    public boolean due() {
        return campaigns.known() && (nanoTime.getAsLong() - nextAt >= 0 || !readBy.equals(ofAll(countries())));
    }

    private List<String> countries() {
        return campaigns.all().stream()
                .map(Campaign::country)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    private Optional<Country> ofAll(List<String> ofCampaigns) {
        return country.get()
                .or(() -> ofCampaigns.size() == 1 ? Optional.of(Country.of(ofCampaigns.get(0))) : Optional.empty());
    }

    /**
     * Reads entries until all have been read, or for some seconds. Then this node goes on at once.
     *
     * @throws SQLException if the database did not answer
     */
    public void read() throws SQLException {
        long began = nanoTime.getAsLong();
        List<String> ofCampaigns = countries();
        Optional<Country> own = ofAll(ofCampaigns);
        Map<String, String> unread = new HashMap<>();
        for (Register register : own.isEmpty() && ofCampaigns.isEmpty() ? List.<Register>of() : entries.registers()) {
            String name = register.name() == null ? UnreadLists.COMMON : UnreadLists.key(register.name());
            String reason = reasonNotRead(name, register, own);
            if (reason != null) {
                unread.put(name, reason);
            }
        }
        if (own.isEmpty() && ofCampaigns.isEmpty()) {
            unread.put(UnreadLists.COMMON, "the do-not-call list has not been read yet");
        }
        campaigns.unreadLists().found(unread);
        readBy = own;
        nextAt = progress.isEmpty() ? began + options.scanInterval().toNanos() : began;
    }

    /** Returns null once a list is read. */
    private String reasonNotRead(String name, Register register, Optional<Country> own) throws SQLException {
        Country by;
        try {
            by = register.country() == null ? own.orElse(null) : Country.of(register.country());
        } catch (IllegalArgumentException e) {
            progress.remove(name);
            return register + ": its country " + e.getMessage();
        }
        if (by == null) {
            progress.remove(name);
            return "campaigns have different countries: set callout.country, by which " + register + " is to be read";
        }
        return readFor(TURN, name, register, by) ? null : told(progress.get(name));
    }

    private boolean readFor(Duration time, String name, Register register, Country by) throws SQLException {
        if (entries.isRead(register, by)) {
            if (progress.remove(name) != null) {
                LOG.info("It is known which telephones the entries of {} mean, read by country {}", register, by);
            }
            return true;
        }
        long began = nanoTime.getAsLong();
        Progress known = progress.get(name);
        if (known == null || !known.isOf(register, by)) {
            known = new Progress(register, by, entries.pass(register, by), began);
            progress.put(name, known);
        }
        boolean more = true;
        while (more && nanoTime.getAsLong() - began < time.toNanos()) {
            more = known.pass.readSome();
        }
        if (!entries.isRead(register, by)) {
            return false;
        }
        progress.remove(name);
        return true;
    }

    private String told(Progress known) throws SQLException {
        long now = nanoTime.getAsLong();
        if (now - known.countAt >= 0) {
            DoNotCallEntries.Count count = entries.count(known.register, known.country);
            known.percent = (count.entries() - count.unread()) * 100 / Math.max(1, count.entries());
            known.countAt = now + (nanoTime.getAsLong() - now) * REST;
        }
        return known.register + " is being read, " + known.percent + " %";
    }
}
