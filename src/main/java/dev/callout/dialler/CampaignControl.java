package dev.callout.dialler;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.callout.store.CampaignRuns;
import dev.callout.store.DatabaseClock;
import dev.callout.store.NumberCounts;

/**
 * What an operator can do with campaigns. MBeans, shell commands and the HTTP API all go through here.
 * <p>
 * A campaign is named by its name, or by its {@code i_campaign}; an {@link IllegalArgumentException} says that there is none, or
 * more than one of that name. What is changed takes effect within a scan interval, on all nodes; calls that are up go on.
 */
public final class CampaignControl {

    private final CampaignRuns runs;
    private final CalloutTables tables;
    private final Campaigns campaigns;
    private final Attempts attempts;
    private final Switches switches;
    private final Lease lease;
    private final Traffic traffic;
    private final DatabaseClock clock;

    CampaignControl(CampaignRuns runs, CalloutTables tables, Campaigns campaigns, Attempts attempts, Switches switches,
            Lease lease, Traffic traffic, DatabaseClock clock) {
        this.runs = runs;
        this.tables = tables;
        this.campaigns = campaigns;
        this.attempts = attempts;
        this.switches = switches;
        this.lease = lease;
        this.traffic = traffic;
        this.clock = clock;
    }

    /** Begins a run: its calls are counted from 0, and the campaign is no longer paused. */
    public void start(String campaign) throws SQLException {
        runs.start(find(campaign).campaign());
    }

    /** Ends the run; nothing more is dialled. */
    public void stop(String campaign) throws SQLException {
        runs.stop(find(campaign).campaign());
    }

    /** Dials nothing more until the campaign is resumed. */
    public void pause(String campaign) throws SQLException {
        runs.pause(find(campaign).campaign());
    }

    /** Goes on with a run that was paused, stopped or ended; its calls count on. */
    public void resume(String campaign) throws SQLException {
        runs.resume(find(campaign).campaign());
    }

    /**
     * Deletes the campaign's row; never its numbers.
     *
     * @throws IllegalStateException if calls of it are still under way
     */
    public void delete(String campaign) throws SQLException {
        delete(find(campaign).campaign(), row -> true);
    }

    /**
     * The same of the campaign of that {@code i_campaign}, and only if a condition holds.
     *
     * @throws E what the condition throws; nothing is deleted then
     */
    public <E extends Exception> void delete(long campaign, CampaignRuns.Condition<E> condition) throws SQLException, E {
        boolean underWay = attempts.of(campaign) > 0 || inLists(campaign);
        if (!runs.<E>delete(campaign, row -> condition.holds(row) && !underWay)) {
            throw new IllegalStateException("Campaign " + campaigns.byId(campaign).name()
                    + " still has calls under way: stop it and wait until they have ended");
        }
    }

    private boolean inLists(long campaign) throws SQLException {
        for (NumberTable table : tables.inUse()) {
            if (table.list() != null && table.rows().inProgress(campaign) > 0) {
                return true;
            }
        }
        return false;
    }

    /** How a campaign stands; counts its numbers, so not to be asked many times a second. */
    public CampaignStatus status(String campaign) throws SQLException {
        return status(find(campaign));
    }

    /** How all campaigns stand, by {@code i_campaign}. */
    public List<CampaignStatus> all() throws SQLException {
        List<CampaignStatus> all = new ArrayList<>();
        for (long campaign : runs.all()) {
            for (CampaignRuns.Run run : runs.find(Long.toString(campaign))) {
                if (run.campaign() == campaign) {
                    all.add(status(run));
                }
            }
        }
        return all;
    }

    /**
     * How a campaign stands on this node, as {@link CampaignStatus} tells it, but for what only the database knows.
     *
     * @param whyIdle empty if nothing keeps it
     */
    public record Standing(int callsUp, int callsPerMinute, String whyIdle) {
    }

    /** How a campaign stands on this node; asks no database. */
    public Standing standing(long campaign) {
        int up = attempts.of(campaign);
        Idle idle = idle(campaign, clock.now(), up);
        return new Standing(up, traffic.counts(campaign).lastMinute(), idle == null ? "" : idle.text());
    }

    /** How many of a campaign's numbers wait for what, are in progress and are finished: counts them all. */
    public Map<String, Long> numbers(long campaign) throws SQLException {
        Instant now = clock.now();
        return numbers(campaign, idle(campaign, now, attempts.of(campaign)), now);
    }

    /** What this node has dialled lately, for all campaigns. */
    public RecentCalls recent() {
        return traffic.recent(clock.now());
    }

    /** What this node has dialled lately for one campaign, by its {@code i_campaign}. */
    public RecentCalls recent(long campaign) {
        return traffic.recent(campaign, clock.now());
    }

    private CampaignStatus status(CampaignRuns.Run run) throws SQLException {
        Instant now = clock.now();
        int up = attempts.of(run.campaign());
        Idle idle = idle(run.campaign(), now, up);
        Map<String, Long> numbers = numbers(run.campaign(), idle, now);
        Traffic.Counts made = traffic.counts(run.campaign());
        return new CampaignStatus(run.campaign(), run.name(), run.paused(), run.started(), run.ended(), run.callsMade(), up,
                made.made(), made.answered(), made.cancelledAnswered(), made.talkSeconds(), made.lastMinute(),
                idle == null ? "" : idle.text(), numbers);
    }

    private Map<String, Long> numbers(long campaign, Idle idle, Instant now) throws SQLException {
        Map<String, Long> numbers = new LinkedHashMap<>();
        String list = campaigns.byId(campaign).destinationList();
        NumberTable table = tables.inUse().stream().filter(each -> Objects.equals(list, each.list())).findFirst().orElse(null);
        if (table == null) {
            // A list that has not been made or altered yet.
            return numbers;
        }
        NumberCounts counts = table.rows().count(campaign, now);
        if (counts.due() > 0) {
            numbers.put(idle == null || idle.reason() == Idle.Reason.NOT_DUE ? "due" : idle.reason().toString(), counts.due());
        }
        if (counts.later() > 0) {
            numbers.put(Idle.Reason.NOT_DUE.toString(), counts.later());
        }
        if (counts.elsewhere() > 0) {
            numbers.put("in use elsewhere", counts.elsewhere());
        }
        numbers.put("in progress", counts.inProgress());
        numbers.put("finished", counts.finished());
        return numbers;
    }

    private Idle idle(long campaign, Instant now, int up) {
        Idle own = campaigns.whyIdle(campaign, now, up);
        boolean byOperator = own != null && (own.reason() == Idle.Reason.PAUSED || own.reason() == Idle.Reason.RUN_ENDED
                || own.reason() == Idle.Reason.SETTING_WRONG || own.reason() == Idle.Reason.SCHEDULE);
        if (byOperator) {
            return own;
        }
        if (!lease.held()) {
            return new Idle(Idle.Reason.DATABASE_AWAY, "this node holds no lease: the database does not answer it");
        }
        return switches.anyAnswers() ? own : new Idle(Idle.Reason.SWITCH_AWAY, "no switch answers");
    }

    private CampaignRuns.Run find(String campaign) throws SQLException {
        List<CampaignRuns.Run> found = runs.find(campaign);
        List<CampaignRuns.Run> named = found.stream().filter(run -> campaign.equals(run.name())).toList();
        List<CampaignRuns.Run> meant = named.isEmpty() ? found : named;
        if (meant.isEmpty()) {
            throw new IllegalArgumentException("There is no campaign " + campaign);
        }
        if (meant.size() > 1) {
            throw new IllegalArgumentException("There are " + meant.size() + " campaigns " + campaign + ": use i_campaign, one of "
                    + meant.stream().map(CampaignRuns.Run::campaign).toList());
        }
        return meant.get(0);
    }
}
