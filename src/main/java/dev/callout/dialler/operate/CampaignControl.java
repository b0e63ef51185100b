package dev.callout.dialler.operate;

import dev.callout.campaign.Campaign;
import dev.callout.campaign.dial.DialString;
import dev.callout.campaign.gateway.WaysOut;
import dev.callout.dialler.attempt.CalloutTables;
import dev.callout.dialler.campaigns.Campaigns;
import dev.callout.store.CampaignRow;
import dev.callout.store.CampaignRuns;
import dev.callout.store.DatabaseClock;
import dev.callout.store.DatabaseWords;
import dev.callout.store.numbers.CalloutTable;
import dev.callout.store.numbers.NumberCounts;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an operator can do with campaigns. MBeans, shell commands and the HTTP API all use this class.
 * <p>
 * Campaigns are identified by {@code i_campaign}; {@link #idOf} finds it. A change takes effect within a scan interval,
 * on all nodes. Calls that are up go on. A {@link CampaignNameException} means that there is no such campaign.
 */
public final class CampaignControl {

    private static final Logger LOG = LoggerFactory.getLogger(CampaignControl.class);

    /** A word that is taken as an {@code i_campaign}, never as a name. */
    private static final Pattern ID = Pattern.compile("[1-9]\\d{0,17}");

    /** In seconds; the column has seven digits before the decimal point. */
    private static final int LONGEST_GAP = 9_999_999;

    private final CampaignRuns runs;
    private final CalloutTables tables;
    private final Campaigns campaigns;
    private final Standings standings;
    private final DatabaseClock clock;
    private final TimetablePlan plan;
    private final Supplier<Optional<String>> commonCallerId;
    private final RestedCounts<NumberCounts> counts = new RestedCounts<>(this::count);

    /**
     * Control of the campaigns in one database, for one node.
     *
     * @param commonCallerId returns {@code callout.caller-id}; empty: none
     */
    public CampaignControl(
            CampaignRuns runs,
            CalloutTables tables,
            Campaigns campaigns,
            Standings standings,
            DatabaseClock clock,
            TimetablePlan plan,
            Supplier<Optional<String>> commonCallerId) {
        this.runs = runs;
        this.tables = tables;
        this.campaigns = campaigns;
        this.standings = standings;
        this.clock = clock;
        this.plan = plan;
        this.commonCallerId = commonCallerId;
    }

    /**
     * The {@code i_campaign} of the campaign that an operator means. A whole number is an {@code i_campaign}, so it
     * always means the same campaign, whatever names there are. Any other word is a name, which must match letter by
     * letter.
     *
     * @throws CampaignNameException if there is no such campaign, or more than one with that name
     */
    public long idOf(String nameOrId) throws SQLException {
        if (isId(nameOrId) && runs.find(Long.parseLong(nameOrId)).isPresent()) {
            return Long.parseLong(nameOrId);
        }
        List<Long> named = runs.named(nameOrId);
        if (named.size() == 1 && !isId(nameOrId)) {
            return named.get(0);
        }
        throw named.isEmpty() ? CampaignNameException.none(nameOrId) : CampaignNameException.useId(nameOrId, named);
    }

    /** Whether {@link #idOf} takes the word as an {@code i_campaign}. Such a word cannot be used as a name. */
    public static boolean isId(String word) {
        return ID.matcher(word).matches();
    }

    /** For each campaign as last read, a word by which {@link #idOf} finds it. Does not query the database. */
    public List<String> names() {
        return campaigns.all().stream()
                .map(campaign -> campaign.name() == null || isId(campaign.name())
                        ? Long.toString(campaign.id())
                        : campaign.name())
                .toList();
    }

    /** Starts a run: its calls are counted from 0, and the campaign is no longer paused. */
    public void start(long campaign) throws SQLException {
        require(campaign, runs.start(campaign));
        readAgain(campaign);
        warn(campaign);
    }

    /** Ends the run. Nothing more is dialled. */
    public void stop(long campaign) throws SQLException {
        require(campaign, runs.stop(campaign));
    }

    /** Dials nothing more until the campaign is resumed. */
    public void pause(long campaign) throws SQLException {
        require(campaign, runs.pause(campaign));
    }

    /** Continues a run that was paused, stopped or ended. The count of its calls continues, too. */
    public void resume(long campaign) throws SQLException {
        require(campaign, runs.resume(campaign));
        readAgain(campaign);
        warn(campaign);
    }

    /**
     * What works, but perhaps not as intended, as the campaign was last read; a sentence each, none with a password. The
     * log has it when the campaign is started or resumed.
     */
    public List<String> warnings(long campaign) {
        Campaign known = campaigns.byId(campaign);
        List<String> warnings = new ArrayList<>(known.warnings());
        if (commonCallerId.get().isEmpty() && !campaigns.showsCallerId(known)) {
            warnings.add(WaysOut.NO_CALLER_ID);
        }
        List<String> files = DialString.localFiles(known);
        if (!files.isEmpty()) {
            warnings.addAll(standings.missing(files));
        }
        return warnings;
    }

    private void warn(long campaign) {
        warnings(campaign).forEach(warning -> campaigns.warn(campaigns.byId(campaign), warning));
    }

    /**
     * Writes {@code max_concurrent_calls}.
     *
     * @throws IllegalArgumentException if {@code lines} is less than 1
     */
    void setMaxConcurrentCalls(long campaign, int lines) throws SQLException {
        if (lines < 1) {
            throw new IllegalArgumentException("max_concurrent_calls must be at least 1, not " + lines);
        }
        require(campaign, runs.setMaxConcurrentCalls(campaign, lines));
        readAgain(campaign);
    }

    /**
     * Writes {@code time_between_calls}.
     *
     * @param  seconds                  exact to thousandths
     * @throws IllegalArgumentException if {@code seconds} is negative, or more than the column holds
     */
    void setTimeBetweenCalls(long campaign, double seconds) throws SQLException {
        if (!(seconds >= 0 && seconds <= LONGEST_GAP)) {
            throw new IllegalArgumentException("time_between_calls must be 0 to " + LONGEST_GAP + " s, not " + seconds);
        }
        require(campaign, runs.setTimeBetweenCalls(campaign, seconds));
        readAgain(campaign);
    }

    /** The campaign as its row was last read. */
    Campaign setting(long campaign) throws SQLException {
        find(campaign);
        return campaigns.byId(campaign);
    }

    /**
     * Reads the campaign's row again, so that the reason why it is idle is known at once. The change is already made:
     * if this read fails, the next scan shows the reason.
     */
    void readAgain(long campaign) {
        if (!clock.isMeasured()) {
            return;
        }
        try {
            row(campaign).ifPresent(campaigns::readAgain);
        } catch (SQLException e) {
            LOG.warn(
                    "Campaign {} has been changed; the next scan finds out whether it is idle: {}",
                    campaign,
                    DatabaseWords.of(e));
        }
    }

    /** The campaign's row as a scan reads it, with its list looked at; empty if there is no such campaign. */
    Optional<Map<String, Object>> row(long campaign) throws SQLException {
        Optional<Map<String, Object>> row = runs.row(campaign, clock.due());
        if (row.isPresent()) {
            tables.lookAtList(row.get());
        }
        return row;
    }

    /**
     * The campaign as a scan would read it now.
     *
     * @throws CampaignNameException if there is none
     */
    public CampaignRow read(long campaign) throws SQLException {
        return row(campaign)
                .map(campaigns::made)
                .orElseThrow(() -> CampaignNameException.none(Long.toString(campaign)));
    }

    /** What this node does for the campaigns. */
    public Standings standings() {
        return standings;
    }

    /** Why the campaign is idle, in words. Empty if it is dialled, or if this node has not read the campaigns yet. */
    public String whyIdle(long campaign) {
        return standings.whyIdle(campaign);
    }

    /**
     * Deletes the campaign's row, but never its numbers.
     *
     * @throws IllegalStateException if calls of the campaign are still in progress
     */
    public void delete(long campaign) throws SQLException {
        find(campaign);
        delete(campaign, row -> true);
    }

    /**
     * Does the same, but only if a condition holds.
     *
     * @throws E what the condition throws; then nothing is deleted
     */
    public <E extends Exception> void delete(long campaign, CampaignRuns.Condition<E> condition)
            throws SQLException, E {
        boolean underWay = standings.hasCalls(campaign) || inLists(campaign);
        if (!runs.<E>delete(campaign, row -> condition.holds(row) && !underWay)) {
            throw new IllegalStateException(
                    "Campaign " + campaigns.byId(campaign).name()
                            + " still has calls in progress: stop it, and wait until they have ended");
        }
        changed(campaign);
    }

    private boolean inLists(long campaign) throws SQLException {
        for (CalloutTable table : tables.inUse()) {
            if (table.list() != null && table.inProgress(campaign) > 0) {
                return true;
            }
        }
        return false;
    }

    /** The status of a campaign, with its numbers as {@link #counts} returns them. */
    public CampaignStatus status(long campaign) throws SQLException {
        return status(find(campaign), plan.of(campaign));
    }

    /** The actions that table {@code timetables} plans for a campaign, the earliest first. */
    public List<PlannedAction> planned(long campaign) throws SQLException {
        return plan.of(campaign);
    }

    /** The status of all campaigns, ordered by {@code i_campaign}, without the planned actions. */
    public List<CampaignStatus> all() throws SQLException {
        List<CampaignStatus> all = new ArrayList<>();
        for (CampaignRuns.Run run : runs.all()) {
            all.add(status(run, List.of()));
        }
        return all;
    }

    /** The counts of a campaign's numbers, as {@link RestedCounts} counts them. */
    public NumberCounts counts(long campaign) throws SQLException {
        return counts.of(campaign);
    }

    /** The campaign's row has been changed. The next request counts its numbers anew. */
    public void changed(long campaign) {
        counts.forget(campaign);
    }

    private CampaignStatus status(CampaignRuns.Run run, List<PlannedAction> planned) throws SQLException {
        return new CampaignStatus(
                run,
                standings.of(run.campaign()),
                counts(run.campaign()),
                campaigns.byId(run.campaign()).emergency(),
                planned);
    }

    private NumberCounts count(long campaign) throws SQLException {
        String list = campaigns.byId(campaign).destinationList();
        CalloutTable table = tables.inUse().stream()
                .filter(each -> Objects.equals(list, each.list()))
                .findFirst()
                .orElse(null);
        return table == null ? NumberCounts.NONE : table.count(campaign, clock.due());
    }

    private CampaignRuns.Run find(long campaign) throws SQLException {
        return runs.find(campaign).orElseThrow(() -> CampaignNameException.none(Long.toString(campaign)));
    }

    private static void require(long campaign, boolean found) {
        if (!found) {
            throw CampaignNameException.none(Long.toString(campaign));
        }
    }
}
