package dev.callout.store.testcall;

import dev.callout.campaign.amd.Greeting;
import dev.callout.campaign.telephone.EraseKey;
import dev.callout.store.audit.Actor;
import dev.callout.store.audit.Audit;
import dev.callout.store.listed.Forbidden;
import dev.callout.store.sql.EpochSeconds;
import dev.callout.store.sql.SqlText;
import dev.callout.store.sql.Transactions;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * Test calls in table {@code test_numbers}. The row of a number holds its latest test call, so that two at once are not
 * possible. A call that was made becomes a row of {@code call_attempts} when it has ended. All instants are the
 * database's. Thread-safe.
 */
public final class TestCallRows {

    private static final String BEGIN = SqlText.of("test_calls/begin");
    private static final String MARK = SqlText.of("test_calls/mark");
    private static final String STEP = SqlText.of("test_calls/step");
    private static final String END = SqlText.of("test_calls/end");
    private static final String INSERT_ATTEMPT = SqlText.of("test_calls/insert-attempt");
    private static final String ABANDON = SqlText.of("test_calls/abandon");
    private static final String LOST = SqlText.of("test_calls/lost");
    private static final String NUMBERS = SqlText.of("test_calls/numbers");
    private static final String CONTACT = SqlText.of("test_calls/contact");
    private static final String READ = SqlText.of("test_calls/read");

    private final Transactions transactions;

    /** @param dataSource the database */
    public TestCallRows(DataSource dataSource) {
        this.transactions = new Transactions(dataSource);
    }

    /**
     * A test number.
     *
     * @param key    {@code i_test_number}
     * @param number as it is stored
     */
    public record TestNumber(long key, String number) {}

    /**
     * A number of the campaign whose variables a test call has.
     *
     * @param row  {@code i_campaign_phone}
     * @param vars its variables as they stand there, maybe no JSON; null: none
     */
    public record Contact(long row, String vars) {}

    /**
     * A test call that begins.
     *
     * @param number  the test number
     * @param call    its uuid
     * @param row     {@code i_campaign_phone} of the number whose variables it has; null: none
     * @param owner   the incarnation of the node that makes it
     * @param now     the present
     * @param expires when it is given up if it was not sent
     */
    public record Begun(
            TestNumber number, String call, long campaign, Long row, String owner, Instant now, Instant expires) {}

    /**
     * Who must not be called.
     *
     * @param listed   the number in the form in which do-not-call lists have it
     * @param e164     the telephone that it means; null: not known
     * @param lists    the further lists that bind the campaign
     * @param eraseKey by which erased persons are known; empty: nobody was erased
     */
    public record Listed(String listed, String e164, Collection<String> lists, Optional<EraseKey> eraseKey) {}

    /**
     * A test call that is about to be sent.
     *
     * @param gateway  null: the proxy
     * @param callerId what the callee sees; null: nothing
     * @param expires  when it must be over at the latest
     */
    public record Mark(
            String call,
            String owner,
            String switchName,
            String gateway,
            String callerId,
            Instant now,
            Instant expires) {}

    /**
     * The end of a test call.
     *
     * @param made      whether the switch may have made the call
     * @param ringing   when it began to ring; null: not, or not known
     * @param answered  when it was answered; null: not, or not known
     * @param heardMs   how long the prompt was heard; null: not known
     * @param status    the word for it, as that of an attempt, or {@code refused}
     * @param cause     the hang-up cause; null: none
     * @param q850      its number; null: none
     * @param sipStatus of the answer that ended it; null: none
     * @param reason    why there was no call, or why its end is not known; null: the cause says it
     * @param digits    the keys that were pressed in menus; null: none
     * @param answer    the answer that they gave; null: none
     * @param greeting  what answered, judged by the greeting; null: not known
     * @param spoken    to whom the callee was handed over, and the recording; null: neither
     */
    public record End(
            String call,
            boolean made,
            Instant ringing,
            Instant answered,
            Instant ended,
            Long heardMs,
            String status,
            String cause,
            Integer q850,
            Integer sipStatus,
            String reason,
            String digits,
            String answer,
            Greeting greeting,
            Spoken spoken) {

        /** The end of a call in which no key was pressed. */
        public End(
                String call,
                boolean made,
                Instant ringing,
                Instant answered,
                Instant ended,
                Long heardMs,
                String status,
                String cause,
                Integer q850,
                Integer sipStatus,
                String reason) {
            this(
                    call, made, ringing, answered, ended, heardMs, status, cause, q850, sipStatus, reason, null, null,
                    null, null);
        }
    }

    /** As the columns of those names. */
    public record Spoken(
            String handOver, String agent, Long waitedMs, Long talkedMs, Boolean abandoned, String recording) {

        private static final Spoken NOTHING = new Spoken(null, null, null, null, null, null);
    }

    /**
     * A test call that nobody follows.
     *
     * @param switchName null: it was not sent
     * @param sent       whether it may have been sent
     * @param answered   whether it was answered, as far as is known
     * @param over       whether it must be over
     */
    public record Lost(String call, String switchName, boolean sent, boolean answered, boolean over) {}

    /** Returns all test numbers; admins keep few. */
    public List<TestNumber> numbers() throws SQLException {
        return transactions.run(jdbc -> jdbc.query(
                NUMBERS, Map.of(), (row, n) -> new TestNumber(row.getLong("i_test_number"), row.getString("number"))));
    }

    /** Returns a number of a campaign in {@code campaign_phones}, as it is written there; empty if there is none. */
    public Optional<Contact> contact(long campaign, String contact) throws SQLException {
        return transactions.run(jdbc -> jdbc
                .query(
                        CONTACT,
                        Map.of("campaign", campaign, "contact", contact),
                        (row, n) -> new Contact(row.getLong("row_key"), row.getString("vars")))
                .stream()
                .findFirst());
    }

    /** Returns whether a telephone must not be called at that instant: it is on a do-not-call list, or was erased. */
    public boolean isForbidden(Listed who, Instant now) throws SQLException {
        return transactions.run(jdbc -> isForbidden(jdbc, who, now));
    }

    private static boolean isForbidden(NamedParameterJdbcTemplate jdbc, Listed who, Instant now) {
        List<String> telephones = who.e164 == null ? List.of() : List.of(who.e164);
        return !new Forbidden(jdbc, now, who.eraseKey)
                .telephones(List.of(who.listed), telephones, who.lists)
                .isEmpty();
    }

    /**
     * Begins a test call, and writes it into the audit.
     *
     * @return false if one to this number is in progress, or if the number is no test number any more
     */
    public boolean begin(Begun begun) throws SQLException {
        return transactions.run(jdbc -> {
            Map<String, Object> values = new HashMap<>();
            values.put("key", begun.number.key());
            values.put("call", begun.call);
            values.put("campaign", begun.campaign);
            values.put("row", begun.row);
            values.put("by", Actor.present().name());
            values.put("owner", begun.owner);
            values.put("now", EpochSeconds.of(begun.now));
            values.put("expires", EpochSeconds.of(begun.expires));
            if (jdbc.update(BEGIN, values) == 0) {
                return false;
            }
            // Without numbers: the audit is kept longer than they are.
            Map<String, Object> said = new HashMap<>();
            said.put("call_uuid", begun.call);
            said.put("i_test_number", begun.number.key());
            if (begun.row != null) {
                said.put("i_campaign_phone", begun.row);
            }
            Audit.write(jdbc, "campaign.test-call", "campaign " + begun.campaign, said);
            return true;
        });
    }

    /** What {@link #mark} has found. */
    public enum Marked {
        /** It may be sent now. */
        YES,
        /** Its telephone must not be called. */
        FORBIDDEN,
        /** It has been given up. */
        GIVEN_UP
    }

    /** Records that a test call is sent now, with a last look at the do-not-call lists. */
    public Marked mark(Mark mark, Listed who) throws SQLException {
        return transactions.run(jdbc -> {
            Map<String, Object> values = new HashMap<>();
            values.put("call", mark.call);
            values.put("owner", mark.owner);
            values.put("switch", mark.switchName);
            values.put("gateway", mark.gateway);
            values.put("caller_id", mark.callerId);
            values.put("now", EpochSeconds.of(mark.now));
            values.put("expires", EpochSeconds.of(mark.expires));
            if (isForbidden(jdbc, who, mark.now)) {
                return Marked.FORBIDDEN;
            }
            return jdbc.update(MARK, values) == 0 ? Marked.GIVEN_UP : Marked.YES;
        });
    }

    /**
     * Records how far a test call has come.
     *
     * @param ringing  when it began to ring; null: not known
     * @param answered when it was answered; null: not
     */
    public void step(String call, Instant ringing, Instant answered) throws SQLException {
        Map<String, Object> values = new HashMap<>();
        values.put("call", call);
        values.put("ringing", EpochSeconds.of(ringing));
        values.put("answered", EpochSeconds.of(answered));
        transactions.run(jdbc -> jdbc.update(STEP, values));
    }

    /** Records the end of a test call, once. Can be repeated. */
    public void end(End end) throws SQLException {
        Map<String, Object> values = new HashMap<>();
        values.put("call", end.call);
        values.put("made", end.made);
        values.put("ringing", EpochSeconds.of(end.ringing));
        values.put("answered", EpochSeconds.of(end.answered));
        values.put("ended", EpochSeconds.of(end.ended));
        values.put("heard_ms", end.heardMs);
        values.put("status", end.status);
        values.put("cause", end.cause);
        values.put("q850", end.q850);
        values.put("sip_status", end.sipStatus);
        values.put("reason", end.reason);
        values.put("digits", end.digits);
        values.put("answer", end.answer);
        boolean known = end.greeting != null && end.greeting.by() != null;
        values.put("answered_by", known ? end.greeting.by().word() : null);
        values.put("amd_ms", known ? end.greeting.millis() : null);
        Spoken spoken = end.spoken == null ? Spoken.NOTHING : end.spoken;
        values.put("hand_over", spoken.handOver);
        values.put("agent", spoken.agent);
        values.put("waited_ms", spoken.waitedMs);
        values.put("talked_ms", spoken.talkedMs);
        values.put("abandoned", spoken.abandoned);
        values.put("recording", spoken.recording);
        transactions.run(jdbc -> {
            jdbc.update(END, values);
            return jdbc.update(INSERT_ATTEMPT, Map.of("call", end.call));
        });
    }

    /** Leaves a test call to {@link #lost}, because this node does not follow it any more. */
    public void abandon(String call) throws SQLException {
        transactions.run(jdbc -> jdbc.update(ABANDON, Map.of("call", call)));
    }

    /** Returns the test calls in progress that nobody follows, or that must be over. */
    public List<Lost> lost(Instant now) throws SQLException {
        return transactions.run(jdbc -> jdbc.query(
                LOST,
                Map.of("now", EpochSeconds.of(now)),
                (row, n) -> new Lost(
                        row.getString("call_uuid"),
                        row.getString("call_switch"),
                        row.getBoolean("sent"),
                        row.getBoolean("answered"),
                        row.getBoolean("must_be_over"))));
    }

    /** Returns a test call as it is shown; empty if there is none of this uuid. Times are UTC. */
    public Optional<Map<String, Object>> read(String call) throws SQLException {
        return transactions.run(
                jdbc -> jdbc.queryForList(READ, Map.of("call", call)).stream().findFirst());
    }
}
