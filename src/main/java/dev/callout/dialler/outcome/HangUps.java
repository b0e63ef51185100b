package dev.callout.dialler.outcome;

import dev.callout.campaign.UndialableException;
import dev.callout.campaign.outcome.CauseClass;
import dev.callout.campaign.telephone.Country;
import dev.callout.campaign.telephone.NumberRules;
import dev.callout.campaign.telephone.Telephone;
import dev.callout.dialler.attempt.Attempt;
import dev.callout.dialler.attempt.Attempts;
import dev.callout.dialler.attempt.Fact;
import dev.callout.dialler.stop.StopAll;
import dev.callout.store.donotcall.HangUp;
import dev.callout.store.donotcall.WantedHangUps;
import dev.callout.store.stop.Stop;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the calls of this node that somebody wants to be ended, because he has put their telephones on a do-not-call
 * list, or has stopped everything and asked for that. A call is named again and again until it has ended, so a command
 * that is lost on its way to the switch does not matter.
 */
public final class HangUps {

    private static final Logger LOG = LoggerFactory.getLogger(HangUps.class);

    private final WantedHangUps wanted;
    private final Attempts attempts;
    private final Supplier<NumberRules> rules;
    private final StopAll stopAll;

    /**
     * @param rules   by which the numbers of calls are read that another node began
     * @param stopAll whether everything is stopped, and calls are ended, too
     */
    public HangUps(WantedHangUps wanted, Attempts attempts, Supplier<NumberRules> rules, StopAll stopAll) {
        this.wanted = wanted;
        this.attempts = attempts;
        this.rules = rules;
        this.stopAll = stopAll;
    }

    /**
     * The calls to be ended now, test calls among them. No list binds an emergency campaign, so its calls are among them only if
     * everything is stopped.
     *
     * @throws SQLException if the database did not answer, and not all of them are to be ended
     */
    public List<Attempt> toEnd() throws SQLException {
        boolean everything = stopAll.stop().filter(Stop::hangsUp).isPresent();
        List<HangUp> all = everything ? readIfPossible() : wanted.read();
        return all.isEmpty() && !everything
                ? List.of()
                : Stream.concat(attempts.all().stream(), attempts.tests().stream())
                        .filter(attempt -> attempt.span().sent() && attempt.lastNews() == null)
                        .filter(attempt -> isListed(attempt, all) || everything)
                        .toList();
    }

    /** All calls are ended, whoever holds the table. Those that are listed are noted when it can be read again. */
    private List<HangUp> readIfPossible() {
        try {
            return wanted.read();
        } catch (SQLException e) {
            LOG.debug("It is not known which calls are to be ended for do-not-call lists", e);
            return List.of();
        }
    }

    /** Notes it, too, for then the number is closed and not called again. */
    private boolean isListed(Attempt attempt, List<HangUp> all) {
        boolean listed = attempt.campaign().emergency() == null && isToEnd(attempt, all);
        if (listed && attempt.note(Fact.HUNG_UP)) {
            LOG.info(
                    "Call {} of campaign {} is ended, for somebody has put its telephone on a do-not-call list",
                    attempt.callUuid(),
                    attempt.campaign().name());
        }
        return listed;
    }

    private boolean isToEnd(Attempt attempt, List<HangUp> all) {
        String dialled = attempt.rendered().number();
        String telephone = attempt.number().e164();
        if (attempt.isTakenOver()) {
            Optional<NumberRules.Judged> judged = judged(attempt);
            dialled = judged.map(one -> one.dialled().dialable()).orElse(null);
            telephone = judged.flatMap(NumberRules.Judged::telephone)
                    .map(Telephone::e164)
                    .orElse(null);
        }
        for (HangUp one : all) {
            if (one.concerns(
                    attempt.campaign().id(), dialled, telephone, attempt.span().sentAt())) {
                return true;
            }
        }
        return false;
    }

    private Optional<NumberRules.Judged> judged(Attempt attempt) {
        try {
            return Optional.of(rules.get().judge(attempt.number().cld(), Country.of(attempt.campaign())));
        } catch (UndialableException | IllegalArgumentException e) {
            // The row or its campaign has been edited since. Then nobody knows whom it calls.
            return Optional.empty();
        }
    }

    /** The command by which the switch ends a call. */
    public String command(@Body Attempt attempt) {
        return "uuid_kill " + attempt.callUuid() + " " + CauseClass.ENDED_BY_OPERATOR;
    }
}
