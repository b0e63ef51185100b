package dev.callout.dialler.gateways;

import dev.callout.campaign.Campaign;
import dev.callout.campaign.NotNowException;
import dev.callout.campaign.UndialableException;
import dev.callout.campaign.gateway.Callee;
import dev.callout.campaign.gateway.Gateway;
import dev.callout.campaign.gateway.WaysOut;
import dev.callout.campaign.telephone.PhoneNumber;
import dev.callout.campaign.telephone.Telephone;
import dev.callout.dialler.attempt.Attempt;
import dev.callout.store.gateway.WaysOutRows;
import dev.callout.store.sql.DatabaseFault;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is known of gateways, their groups and the pools of caller IDs, as it was last read. Thread-safe. */
public final class GatewayTable {

    private static final Logger LOG = LoggerFactory.getLogger(GatewayTable.class);

    /** The word for a number that none of its campaign's gateways serves. */
    static final String NOT_SERVED = "NOT_SERVED";

    /** How long a number waits whose gateways may not be used while those of others may. */
    private static final Duration OTHERS_FIRST = Duration.ofSeconds(30);

    private final WaysOutRows rows;
    private volatile WaysOut waysOut = WaysOut.NONE;

    /** @param rows null: nothing is described, and nothing is read */
    public GatewayTable(WaysOutRows rows) {
        this.rows = rows;
    }

    /**
     * Reads the tables. While somebody holds one of them, what was read before counts.
     *
     * @throws SQLException if the database did not answer, or if a table is locked before it was ever read
     */
    public void read() throws SQLException {
        try {
            waysOut = rows.read();
        } catch (SQLException e) {
            if (waysOut == WaysOut.NONE || DatabaseFault.of(e) != DatabaseFault.LOCKED) {
                throw e;
            }
            LOG.debug("The tables of gateways are locked, so what was read before counts", e);
        }
    }

    /** Returns all of it. */
    public WaysOut waysOut() {
        return waysOut;
    }

    /** Returns the gateway that an attempt leaves by. */
    public Gateway of(Attempt attempt) {
        return waysOut.gateway(attempt.gateway());
    }

    /** Returns whom an attempt calls. */
    public static Callee callee(Attempt attempt) {
        String e164 = attempt.number().e164();
        return new Callee(
                PhoneNumber.withoutSeparators(
                        Objects.requireNonNullElse(attempt.number().cld(), "")),
                Optional.ofNullable(e164).map(Telephone::new));
    }

    /** Returns the gateways that calls of the campaign may leave by. */
    List<Gateway> usable(Campaign campaign) {
        return waysOut.of(campaign).stream().filter(Gateway::isUsable).toList();
    }

    /** Returns the gateway that a door has chosen for the attempt, or else those of its campaign. */
    List<Gateway> candidates(Attempt attempt) {
        String chosen = attempt.choice().gateway();
        return chosen == null ? waysOut.of(attempt.campaign()) : List.of(waysOut.gateway(chosen));
    }

    /**
     * Returns the gateways that the attempt may leave by, in the order in which they are to be tried. If a door has
     * chosen one, it is that one, whatever it serves. Those that earlier legs have tried are left out.
     *
     * @throws UndialableException if none of its campaign's gateways serves the number
     * @throws NotNowException     if none of those that serve it may be used
     */
    List<Gateway> choices(Attempt attempt) throws UndialableException, NotNowException {
        String chosen = attempt.choice().gateway();
        List<Gateway> all = candidates(attempt);
        Callee callee = callee(attempt);
        List<Gateway> serving = all.stream()
                .filter(one -> chosen != null || one.served().has(callee))
                .toList();
        if (serving.isEmpty() && !all.isEmpty() && attempt.before() == null) {
            throw UndialableException.telephone(NOT_SERVED, "none of its campaign's gateways serves the number");
        }
        List<Gateway> usable = serving.stream()
                .filter(one -> one.isUsable() && !attempt.hasTried(one.name()))
                .toList();
        if (usable.isEmpty()) {
            throw new NotNowException("no gateway that serves the number may be used", OTHERS_FIRST);
        }
        return Gateway.inOrder(usable, attempt.callUuid());
    }
}
