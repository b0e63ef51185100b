package dev.callout.chaos;

import dev.callout.chaos.rules.Scenario;
import dev.callout.chaos.rules.Witness;
import dev.callout.chaos.site.ChaosDatabase;
import dev.callout.chaos.site.FakeTime;
import dev.callout.chaos.site.Site;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Three diallers, of which some are killed, call the same telephones for campaigns whose rules, zones, holidays and lists
 * are drawn. It is shortly before clocks are set forward or back, or before midnight, and windows begin and end during the
 * calls. People are put on lists and days become holidays meanwhile. The ledger holds no call outside a window, above a
 * cap, within a lockout, to somebody on a list, or beside another to the same telephone; and all who may be called are
 * called.
 *
 * <p>Without libfaketime the database's clock cannot be set. Then it is whatever time it is.
 */
@Tag("chaos")
class CallingRulesChaosIT {

    private static final int TRIES = Integer.getInteger("chaos.tries", Site.size(1, 5));

    /** Longer than a busy machine makes one of them stand still by chance. */
    private static final Duration LEASE = Duration.ofSeconds(8);

    /** Until the nodes are up and the tables are filled. */
    private static final Duration BEFORE_TURN = Duration.ofSeconds(25);

    private static final List<String> CHANGING = List.of("Europe/Berlin", "America/New_York", "Australia/Sydney");

    @Test
    void onlyWhoMayBeCalledIsCalledAndNobodyIsForgotten() throws Exception {
        for (int i = 0; i < TRIES; i++) {
            aTry(Site.SEED + i);
        }
    }

    private static void aTry(long seed) throws Exception {
        Random random = new Random(seed);
        boolean ruleForAll = random.nextBoolean();
        Instant target = instant(random);
        Optional<FakeTime> clock = FakeTime.create();
        try (FakeTime faked = clock.orElse(null);
                ChaosDatabase database = new ChaosDatabase();
                Site site = new Site(
                                "calling rules, this try alone: -Dchaos.tries=1 -Dchaos.seed=" + seed, database.url())
                        .with("callout.lease-sec", Long.toString(LEASE.toSeconds()))
                        .with("callout.country", "DE")
                        .with("callout.timezone", Scenario.DEFAULT_ZONE.getId())
                        .with("callout.calling-rules", ruleForAll ? Scenario.FOR_ALL : "")) {
            Duration ahead = moveClock(database, faked, target);
            site.startSwitch(
                    "--answer-rate", "0.4", "--ring-sec", "4", "--talk-sec", "5", "--seed", Long.toString(seed));
            site.startDialler("a");
            site.database().awaitTables();
            site.startDialler("b");
            site.startDialler("c");
            site.await("three nodes", () -> site.database().number("SELECT COUNT(DISTINCT name) FROM nodes") == 3);
            Instant soon = Instant.now().plus(ahead).plusSeconds(6).truncatedTo(ChronoUnit.SECONDS);
            Instant turn = faked == null || target.isBefore(soon) ? soon : target;
            Scenario scenario = new Scenario(site, random, turn, Site.size(40, 80), ruleForAll);
            Witness witness = new Witness(scenario, site, ahead);
            try {
                trouble(site, scenario, ahead);
                site.await(
                        "the last window's edge",
                        () -> Instant.now().plus(ahead).isAfter(scenario.quietFrom()));
                site.await("calls of all who may be called", () -> witness.waiting()
                        .isEmpty());
                witness.assertKept();
            } catch (Throwable e) {
                System.out.println(scenario + "\nwaiting: " + String.join("\n", witness.waiting()));
                throw e;
            }
        }
    }

    private static void trouble(Site site, Scenario scenario, Duration ahead) throws Exception {
        for (String node : Site.size(List.of("b"), List.of("b", "c", "a"))) {
            site.awaitCallsUp(1);
            site.anyInstantWithin(Duration.ofSeconds(2));
            scenario.listOne(ahead);
            site.kill(node);
            scenario.listOne(ahead);
            site.anyInstantWithin(Duration.ofSeconds(2));
            scenario.addHoliday(ahead);
            site.startDialler(node);
            scenario.listOne(ahead);
        }
    }

    /** Starts the database a little before an instant, and returns how far its clock is ahead of this machine's then. */
    private static Duration moveClock(ChaosDatabase database, FakeTime clock, Instant to) throws Exception {
        if (clock == null) {
            System.out.println("libfaketime is not installed: the database's clock is not set");
            return Duration.ZERO;
        }
        database.stop();
        Duration ahead = Duration.between(Instant.now().plus(BEFORE_TURN), to).truncatedTo(ChronoUnit.SECONDS);
        clock.step(ahead);
        database.start(clock.environment());
        return ahead;
    }

    private static Instant instant(Random random) {
        ZoneId zone = ZoneId.of(CHANGING.get(random.nextInt(CHANGING.size())));
        Instant soon = Instant.now().plus(1 + random.nextInt(20), ChronoUnit.DAYS);
        ZoneRules rules = zone.getRules();
        ZoneOffsetTransition change = rules.nextTransition(soon);
        return switch (random.nextInt(4)) {
            case 0 -> soon.atZone(zone).truncatedTo(ChronoUnit.DAYS).toInstant();
            case 1 -> change.getInstant();
            case 2 -> rules.nextTransition(change.getInstant()).getInstant();
            default -> soon;
        };
    }
}
