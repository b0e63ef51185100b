package dev.callout.dialler.campaigns;

import dev.callout.campaign.Campaign;
import dev.callout.campaign.UndialableException;
import dev.callout.campaign.dial.DialString;
import dev.callout.campaign.rules.CallingRules;
import dev.callout.dialler.attempt.ReturnedInstants;
import dev.callout.dialler.gateways.Gateways;
import dev.callout.dialler.gateways.Switches;
import dev.callout.dialler.prompts.MissingFiles;
import dev.callout.dialler.routes.StatusSteps;
import dev.callout.store.CallBase;
import dev.callout.store.CampaignDefaults;
import dev.callout.store.CampaignRow;
import dev.callout.store.DatabaseClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All campaigns as they were last read. */
public final class Campaigns {

    private static final Logger LOG = LoggerFactory.getLogger(Campaigns.class);

    private final Supplier<CampaignDefaults> defaults;
    private final DialString dialString;
    private final StatusSteps statusSteps;
    private final Gateways gateways;
    private final DatabaseClock clock;
    private final PromptHashes prompts = new PromptHashes();
    private final CampaignMemories memories;
    private final IdleReasons reasons;
    private final IdleNews news;
    private volatile Map<Long, CampaignState> states = Map.of();
    /** The campaigns read again since the latest reading of all began. */
    private final Set<Long> newer = new HashSet<>();

    private volatile Long readAt;
    private volatile List<Campaign> over = List.of();
    /** Whether lines have become free since the last claim although no call has ended. */
    private volatile boolean linesBack;

    /**
     * @param defaults    gives what applies where a campaign sets nothing
     * @param statusSteps what the routes that write statuses lack
     */
    public Campaigns(
            Supplier<CampaignDefaults> defaults,
            DialString dialString,
            Gateways gateways,
            Switches switches,
            DatabaseClock clock,
            StatusSteps statusSteps) {
        this.defaults = defaults;
        this.statusSteps = statusSteps;
        this.dialString = dialString;
        this.gateways = gateways;
        this.clock = clock;
        this.memories = new CampaignMemories(() -> clock.steady().instant());
        this.reasons = new IdleReasons(
                memories, gateways, switches, () -> clock.steady().instant());
        this.news = new IdleNews(() -> clock.steady().instant());
    }

    /** Call this before {@code due-campaigns.sql} runs: what {@link #readAgain} takes over from now on is newer. */
    public synchronized void readingBegins() {
        newer.clear();
    }

    /**
     * Takes over what {@code due-campaigns.sql} has read, except of campaigns that have been read again since it began.
     * A row that cannot be dialled does not stop the others.
     */
    public synchronized void read(@Body List<Map<String, Object>> rows) {
        Map<Long, CampaignState> read = new HashMap<>();
        List<Campaign> ended = new ArrayList<>();
        for (Map<String, Object> row : rows) {
            try {
                CampaignRow campaignRow = new CampaignRow(row, defaults.get());
                Campaign campaign = campaignRow.campaign();
                CampaignState state = state(campaignRow);
                read.put(campaign.id(), state);
                if (!state.isWrong()) {
                    campaign.warnings().forEach(warning -> warn(campaign, warning));
                    if (CampaignState.isOver(campaignRow)) {
                        ended.add(campaign);
                    }
                }
            } catch (RuntimeException e) {
                LOG.error(
                        "Table campaigns, row {} cannot be read: that campaign is left out", row.get("i_campaign"), e);
            }
        }
        newer.forEach(id -> read.put(id, states.get(id)));
        ended.removeIf(campaign -> newer.contains(campaign.id()));
        newer.clear();
        CampaignState.share(read.values());
        states = read;
        over = ended;
        readAt = System.nanoTime();
        forgetThoseGone(read);
    }

    private void forgetThoseGone(Map<Long, CampaignState> known) {
        memories.keepOnly(known.keySet());
        reasons.keepOnly(known.keySet());
        gateways.keepOnly(known.values().stream().map(CampaignState::campaign).toList());
    }

    /** Whether there is such a campaign, as far as is known. */
    public boolean knows(long id) {
        return !known() || states.containsKey(id);
    }

    /** Takes over one row that has just been changed. It replaces what is known of that campaign; the others stay. */
    public synchronized void readAgain(Map<String, Object> row) {
        if (known()) {
            CampaignState state = state(new CampaignRow(row, defaults.get()));
            Map<Long, CampaignState> read = new HashMap<>(states);
            read.put(state.campaign().id(), state);
            newer.add(state.campaign().id());
            CampaignState.share(read.values());
            states = read;
        }
    }

    /** Makes of a row what a scan would make of it. Nothing is taken over. */
    public CampaignRow made(Map<String, Object> row) {
        return new CampaignRow(row, defaults.get());
    }

    private CampaignState state(CampaignRow row) {
        Campaign campaign = row.campaign();
        return new CampaignState(
                row,
                problem(row).orElse(null),
                CampaignState.nextDial(row, states.get(campaign.id()), clock::steadyAheadOfDue),
                states.get(campaign.id()));
    }

    /** Why none of a campaign's numbers can be dialled, in words; empty if nothing is wrong with it. */
    public Optional<String> problem(CampaignRow row) {
        Campaign campaign = row.campaign();
        List<String> wrong = new ArrayList<>(campaign.problems());
        wrong.addAll(dialString.problems(campaign));
        row.erasedProblem().ifPresent(wrong::add);
        wrong.addAll(gateways.problems(campaign));
        wrong.addAll(statusSteps.problems(campaign));
        return wrong.isEmpty() ? Optional.empty() : Optional.of(located(campaign, wrong));
    }

    /** Whether the callees of a campaign see a caller ID, even if their numbers have none of their own. */
    public boolean showsCallerId(Campaign campaign) {
        return gateways.showsCallerId(campaign);
    }

    /** The problems, with the table row where they stand. */
    private static String located(Campaign campaign, List<String> problems) {
        return problems.stream()
                .map(problem -> problem.startsWith("table ")
                        ? problem
                        : "table campaigns, row " + campaign.id() + ": " + problem)
                .collect(Collectors.joining("; "));
    }

    /** Logs once a warning about something that works, but perhaps not as intended. */
    public void warn(Campaign campaign, String warning) {
        if (memories.warn(campaign.id(), warning)) {
            LOG.warn("Campaign {}: {}", campaign.name(), warning);
        }
    }

    /** The campaigns whose runs must be ended. */
    public List<Campaign> over() {
        return over;
    }

    /** All campaigns as they were last read. */
    public List<Campaign> all() {
        return states.values().stream()
                .map(CampaignState::campaign)
                .sorted(Comparator.comparingLong(Campaign::id))
                .toList();
    }

    /**
     * Why a campaign is not dialled, or not dialled faster; null if the campaign itself gives no reason, or is not
     * known.
     *
     * @param onTheirWay how many of its calls this node has in progress
     */
    public Idle whyIdle(long id, Instant now, int onTheirWay) {
        CampaignState state = states.get(id);
        return state == null ? null : reasons.slow(state, now, onTheirWay);
    }

    /** When all campaigns were last read, by {@link System#nanoTime()}; null: never. */
    public Long readAt() {
        return readAt;
    }

    /** Whether the campaigns have been read at all. */
    public boolean known() {
        return readAt != null;
    }

    /** The campaigns that may dial now. Logs which campaigns have become idle and why, and which no longer are. */
    public List<CampaignState> dialable(Instant now) {
        List<CampaignState> dialable = new ArrayList<>();
        for (CampaignState state : states.values()) {
            Idle reason = reasons.idle(state, now);
            if (reason == null || reasons.mayTry(state, reason)) {
                dialable.add(state);
            }
            news.look(state.campaign(), reason);
        }
        news.keep(states.keySet());
        return dialable;
    }

    /** What the calls share that a campaign makes now; null if it is not known. */
    public CallBase callBase(long id) {
        CampaignState state = states.get(id);
        return state == null ? null : state.callBase();
    }

    /** The hashes of the files that campaigns play. */
    public PromptHashes prompts() {
        return prompts;
    }

    /** What the switches have answered about the files that campaigns play. */
    public MissingFiles missingFiles() {
        return reasons.missingFiles;
    }

    /** The campaign as its row was last read. If the row is gone, the campaign as it was known before. */
    public Campaign latest(Campaign known) {
        CampaignState state = states.get(known.id());
        return state == null ? known : state.campaign();
    }

    /** What is known of the campaigns with which nothing is wrong. */
    List<CampaignState> usable() {
        return states.values().stream().filter(state -> !state.isWrong()).toList();
    }

    /** What binds each call of a campaign, as it was last read; nothing if its row is gone. */
    public CallingRules callingRules(long id) {
        CampaignState state = states.get(id);
        return state == null ? CallingRules.NONE : state.callingRules();
    }

    /**
     * The campaign with that id. If its row is gone, a campaign of default values, so that its calls can still be
     * followed to their end.
     */
    public Campaign byId(long id) {
        return latest(new CampaignRow(Map.of("i_campaign", id, "name", "i_campaign " + id), defaults.get()).campaign());
    }

    /** Lets a campaign rest for the given reason: a switch refuses its calls, or the database refuses their results. */
    public void rest(long campaign, String reason) {
        memories.rest(campaign, new Idle(Idle.Reason.REFUSED, reason));
    }

    /**
     * Lets a campaign rest because none of its numbers makes a dial string. Its settings, or those of the installation,
     * have become wrong since it was read.
     */
    public void undialable(Campaign campaign, UndialableException reason) {
        memories.rest(
                campaign.id(), new Idle(Idle.Reason.SETTING_WRONG, located(campaign, List.of(reason.getMessage()))));
    }

    /** Why numbers of the campaigns have been put off and wait. */
    public PutOffs putOffs() {
        return reasons.putOffs;
    }

    /** The campaigns whose rows another connection holds. */
    public HeldRows heldRows() {
        return reasons.heldRows;
    }

    /** The do-not-call lists of which it is not known yet which telephones they list. */
    UnreadLists unreadLists() {
        return reasons.unreadLists;
    }

    /** What campaigns with a limit have spent. */
    SpentBudgets budgets() {
        return reasons.budgets;
    }

    /** A switch has refused a call of the campaign because of load. */
    public void refused(long campaign) {
        memories.refused(campaign);
    }

    /** How the campaign's lines open while it has no call up. */
    public LineRamp ramp(long campaign) {
        return memories.ramp(campaign);
    }

    /** The campaign's instants that are free again. */
    public ReturnedInstants returned(long campaign) {
        return memories.returned(campaign);
    }

    /** Whether numbers that were given back have freed lines since {@link #claiming()}. */
    public boolean linesBack() {
        return linesBack;
    }

    /** A claim begins. */
    public void claiming() {
        linesBack = false;
    }

    /** Numbers of the campaign have been given back. There may be some to dial again. */
    public void numbersBack(Campaign campaign) {
        CampaignState state = states.get(campaign.id());
        if (state != null) {
            state.numbersBack();
        }
        linesBack = true;
    }
}
