package dev.callout.dialler.claim;

import dev.callout.campaign.CallingStrategy;
import dev.callout.campaign.Campaign;
import dev.callout.campaign.WayOut;
import dev.callout.campaign.telephone.Country;
import dev.callout.campaign.telephone.EraseKey;
import dev.callout.dialler.attempt.Allowance;
import dev.callout.dialler.attempt.Attempts;
import dev.callout.dialler.campaigns.CampaignState;
import dev.callout.dialler.campaigns.Campaigns;
import dev.callout.dialler.campaigns.LineRamp;
import dev.callout.dialler.gateways.Gateways;
import dev.callout.dialler.gateways.Lead;
import dev.callout.dialler.gateways.Switches;
import dev.callout.settings.ClaimSettings;
import dev.callout.store.DatabaseClock;
import dev.callout.store.claim.Claim;
import dev.callout.store.claim.ClaimOrder;
import dev.callout.store.claim.NextDial;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Shares what the switches can take within the horizon among the campaigns that may dial. Used by one thread. */
public final class ClaimShares {

    /** How often the route scan checks whether a claim is due. */
    private static final Duration TICK = Duration.ofMillis(200);

    private final Supplier<ClaimSettings> settings;
    private final Supplier<Optional<EraseKey>> eraseKey;
    private final Campaigns campaigns;
    private final Switches switches;
    private final Gateways gateways;
    private final Attempts attempts;
    private final Allowance allowance;
    private final LineShares lineShares;
    private final FairShare fairShare = new FairShare();
    private final GatewayShares gatewayShares = new GatewayShares();

    /**
     * One campaign's turn in a claim.
     *
     * @param toSteady by how much the steady clock, which never steps, is ahead of the order's clock
     */
    record Order(CampaignState state, ClaimOrder order, Duration toSteady) {}

    /**
     * The shares of one claim.
     *
     * @param orders   of the campaigns that have a share
     * @param moreSoon whether a campaign has more to dial than fits into this claim's horizon
     */
    record Shared(List<Order> orders, boolean moreSoon) {}

    /**
     * @param eraseKey  returns {@code callout.erase-key}
     * @param allowance how long each call can last, which decides until when a number is claimed
     * @param lineShares how many lines this node may use beside others
     */
    public ClaimShares(
            Supplier<ClaimSettings> settings,
            Supplier<Optional<EraseKey>> eraseKey,
            Campaigns campaigns,
            Switches switches,
            Gateways gateways,
            Attempts attempts,
            Allowance allowance,
            LineShares lineShares) {
        this.lineShares = lineShares;
        this.settings = settings;
        this.eraseKey = eraseKey;
        this.campaigns = campaigns;
        this.switches = switches;
        this.gateways = gateways;
        this.attempts = attempts;
        this.allowance = allowance;
    }

    /**
     * Divides the capacity.
     *
     * @param owner this node's incarnation
     * @param clock the database's clock, measured before
     */
    Shared divide(String owner, DatabaseClock clock) {
        Instant now = clock.due();
        Duration toSteady = clock.steadyAheadOfDue();
        Instant steady = now.plus(toSteady);
        Set<String> answering = switches.answering();
        List<CampaignState> dialable = campaigns.dialable(clock.now());
        List<Integer> wanted = withinGateways(
                dialable, dialable.stream().map(state -> wanted(state, steady)).toList(), answering);
        int[] shares = sharesOf(dialable, wanted);
        lineShares.keep(dialable.stream().map(state -> state.campaign().id()).toList());
        Optional<Long> look = lineShares.nextLook(
                IntStream.range(0, shares.length)
                        .filter(i -> shares[i] == 0 && looksForLines(dialable.get(i), steady))
                        .mapToObj(i -> dialable.get(i).campaign().id())
                        .toList(),
                steady);
        List<Order> orders = new ArrayList<>();
        boolean moreSoon = false;
        for (int i = 0; i < shares.length; i++) {
            moreSoon |= shares[i] < wanted.get(i)
                    || wanted.get(i) == 0 && dialable.get(i).moreSoon()
                    || lacksLines(dialable.get(i));
            if (shares[i] > 0
                    || look.equals(Optional.of(dialable.get(i).campaign().id()))) {
                orders.add(new Order(
                        dialable.get(i), orderOf(dialable.get(i), owner, now, shares[i], toSteady), toSteady));
            }
        }
        return new Shared(orders, moreSoon);
    }

    /**
     * Divides what gateways can take among the campaigns that share some of them.
     *
     * @param wanted how many further numbers each campaign could use
     * @return how many of them its gateways can take
     */
    private List<Integer> withinGateways(List<CampaignState> dialable, List<Integer> wanted, Set<String> answering) {
        Map<Long, Integer> ahead = attempts.aheadByCampaign();
        Map<WayOut.Gateways, Optional<Map<String, Integer>>> known = new HashMap<>();
        Map<String, Integer> rooms = new HashMap<>();
        Map<Set<String>, List<FairShare.Sharer>> sharers = new LinkedHashMap<>();
        for (int i = 0; i < wanted.size(); i++) {
            CampaignState state = dialable.get(i);
            FairShare.Sharer sharer = sharer(state, ahead, wanted.get(i));
            known.computeIfAbsent(
                            state.campaign().wayOut().gateways(), any -> gateways.rooms(answering, state.campaign()))
                    .ifPresent(own -> {
                        rooms.putAll(own);
                        sharers.computeIfAbsent(own.keySet(), first -> new ArrayList<>())
                                .add(sharer);
                    });
        }
        Map<Long, Integer> shares = gatewayShares.divide(rooms, sharers);
        return IntStream.range(0, wanted.size())
                .mapToObj(i -> shares.getOrDefault(dialable.get(i).campaign().id(), wanted.get(i)))
                .toList();
    }

    private static FairShare.Sharer sharer(CampaignState state, Map<Long, Integer> ahead, int wanted) {
        Campaign campaign = state.campaign();
        return new FairShare.Sharer(
                campaign.id(), campaign.pacing().weight(), ahead.getOrDefault(campaign.id(), 0), wanted);
    }

    /**
     * Divides the capacity of the switches. What a campaign already has ahead is part of its share, so a campaign whose
     * numbers are stuck takes nothing from the others. Numbers of campaigns that may not dial are ahead of all others.
     *
     * @param wanted how many further numbers each campaign could use
     */
    private int[] sharesOf(List<CampaignState> dialable, List<Integer> wanted) {
        Map<Long, Integer> ahead = attempts.aheadByCampaign();
        List<FairShare.Sharer> sharers = IntStream.range(0, wanted.size())
                .mapToObj(i -> sharer(dialable.get(i), ahead, wanted.get(i)))
                .toList();
        int ofOthers = ahead.values().stream().mapToInt(each -> each).sum()
                - sharers.stream().mapToInt(FairShare.Sharer::ahead).sum();
        return fairShare.divide(Math.max(0, switches.capacity(settings.get().horizon()) - ofOthers), sharers);
    }

    private boolean lacksLines(CampaignState state) {
        return lineShares.lacks(linesOf(state), attempts.of(state.campaign().id()));
    }

    /** Whether a claim of none may count the campaign's lines. */
    private boolean looksForLines(CampaignState state, Instant steady) {
        long campaign = state.campaign().id();
        return lineShares.looks(campaign, linesOf(state), attempts.of(campaign), steady)
                && switches.capacity(settings.get().horizon()) > 0;
    }

    /** A claim has counted the lines that all nodes use. */
    void counted(Order order, Claim claim) {
        long campaign = order.state().campaign().id();
        lineShares.seen(
                campaign,
                new LeftLines.Count(
                        linesOf(order.state()),
                        attempts.of(campaign),
                        claim.inProgress(),
                        claim.numbers().size()),
                order.order().now().plus(order.toSteady()));
    }

    private static int linesOf(CampaignState state) {
        return state.campaign().pacing().maxConcurrentCalls();
    }

    private int wanted(CampaignState state, Instant steady) {
        int onTheirWay = attempts.of(state.campaign().id());
        int wanted = Math.min(
                lineShares.room(state.campaign().id(), linesOf(state), onTheirWay, steady),
                state.wanted(
                        steady,
                        settings.get().horizon(),
                        onTheirWay,
                        returned(state, steady).size()));
        if (!state.campaign().pacing().timeBetweenCalls().isZero()) {
            return wanted;
        }
        LineRamp ramp = campaigns.ramp(state.campaign().id());
        if (onTheirWay == 0) {
            ramp.shut(steady);
        }
        Instant soon = steady.plus(settings.get().horizon().dividedBy(2)).plus(TICK);
        return Math.min(
                wanted, Math.max(0, ramp.open(soon, state.campaign().pacing().maxConcurrentCalls()) - onTheirWay));
    }

    /** The campaign's instants that are free again and far enough ahead to prepare a number for them. */
    private List<Instant> returned(CampaignState state, Instant steady) {
        return state.campaign().pacing().timeBetweenCalls().isZero()
                ? List.of()
                : campaigns.returned(state.campaign().id()).from(steady.plus(Lead.LONGEST));
    }

    private ClaimOrder orderOf(CampaignState state, String owner, Instant now, int share, Duration toSteady) {
        Optional<NextDial> nextDial = Optional.ofNullable(state.nextDial())
                .map(known -> new NextDial(known.stored(), known.meant().minus(toSteady)));
        return new ClaimOrder(
                state.campaign().id(),
                owner,
                now,
                share,
                settings.get().horizon(),
                state.campaign().pacing().strategy() == CallingStrategy.RANDOM,
                allowance.of(state.campaign()),
                state.cursor(),
                nextDial,
                returned(state, now.plus(toSteady)).stream()
                        .map(instant -> instant.minus(toSteady))
                        .toList(),
                Country.of(state.campaign()),
                eraseKey.get(),
                state.campaign().emergency() != null,
                state.binding());
    }
}
