package dev.callout.store.gateway;

import dev.callout.store.sql.EpochSeconds;
import dev.callout.store.sql.SqlText;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * Moves numbers in progress, and the telephones that they call, from one leg of an attempt to another. Each method runs
 * in a transaction of its caller. So at any instant a number is in one call only, and whoever takes it over finds one leg
 * to look up.
 */
public final class LegChanges {

    private static final String CHANGE_TELEPHONE = SqlText.of("telephones/change-call");
    private static final String TAKE_BACK = SqlText.of("take-back-leg");

    private final String changeCall;
    private final String markSent;
    private final String insertAttempts;

    /**
     * A change.
     *
     * @param row     the number's row
     * @param from    the uuid of the call that the number is in
     * @param to      the uuid of the call that it is to be in
     * @param e164    the telephone; null if its campaign has no country
     * @param expires when the call that it is to be in has certainly ended
     */
    public record Change(long row, String from, String to, String e164, Instant expires) {

        Change back() {
            return new Change(row, to, from, e164, expires);
        }
    }

    /** @param statements maps a file name to the layout's statement */
    public LegChanges(Function<String, String> statements) {
        this.changeCall = statements.apply("change-call");
        this.markSent = statements.apply("mark-sent");
        this.insertAttempts = statements.apply("insert-attempts");
    }

    /** Its statements. */
    public List<String> all() {
        return List.of(changeCall, CHANGE_TELEPHONE, TAKE_BACK);
    }

    /**
     * Moves a number from a call that has ended to the next leg, with the sent mark of that leg and the end of the call.
     * That number has a sent mark already, so the count of rows shows whether it may go on.
     *
     * @param mark  the mark as {@code mark-sent.sql} reads it: a JSON array
     * @param ended the end of the call as {@code insert-attempts.sql} reads it: a JSON array
     * @param wait  how many seconds to wait for a lock
     * @return whether the leg may be made; if not, nothing has changed
     */
    public boolean goOn(
            NamedParameterJdbcTemplate jdbc, String owner, Change change, String mark, String ended, int wait) {
        change(jdbc, owner, change);
        if (jdbc.update(markSent, Map.of("owner", owner, "batch", mark)) == 0) {
            change(jdbc, owner, change.back());
            return false;
        }
        jdbc.update(insertAttempts, Map.of("batch", ended, "wait", wait));
        changeTelephone(jdbc, owner, change);
        return true;
    }

    private boolean change(NamedParameterJdbcTemplate jdbc, String owner, Change change) {
        return jdbc.update(changeCall, parameters(owner, change)) > 0;
    }

    private static void changeTelephone(NamedParameterJdbcTemplate jdbc, String owner, Change change) {
        if (change.e164() != null) {
            jdbc.update(CHANGE_TELEPHONE, parameters(owner, change));
        }
    }

    /**
     * A leg was not made after all, although it may have its sent mark. The call before is the attempt's last, and its end
     * is still to be written. Can be repeated.
     */
    public void undo(NamedParameterJdbcTemplate jdbc, String owner, Change change) {
        Change back = change.back();
        if (change(jdbc, owner, back)) {
            changeTelephone(jdbc, owner, back);
            jdbc.update(TAKE_BACK, Map.of("call", back.to()));
        }
    }

    private static Map<String, Object> parameters(String owner, Change change) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("owner", owner);
        parameters.put("row", change.row());
        parameters.put("from", change.from());
        parameters.put("to", change.to());
        parameters.put("e164", change.e164());
        parameters.put("expires", EpochSeconds.of(change.expires()));
        return parameters;
    }
}
