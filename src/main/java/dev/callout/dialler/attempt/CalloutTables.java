package dev.callout.dialler.attempt;

import dev.callout.store.DatabaseClock;
import dev.callout.store.numbers.CalloutTable;
import dev.callout.store.numbers.CampaignPhones;
import dev.callout.store.numbers.DestinationList;
import dev.callout.store.numbers.ListState;
import dev.callout.store.schema.ListSchema;
import dev.callout.store.sql.DatabaseFault;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tables that numbers are dialled from: {@code campaign_phones}, and the destination lists that campaigns name. */
public final class CalloutTables {

    private static final Logger LOG = LoggerFactory.getLogger(CalloutTables.class);

    /** The header that names the destination list that a batch is for. */
    private static final String LIST = "CalloutList";

    /** After this time it is tried again to make or alter a table that could not be. */
    private static final Duration REST = Duration.ofMinutes(1);

    private final DataSource dataSource;
    private final Supplier<Duration> longestTalk;
    private final BooleanSupplier mayAlter;
    private final DatabaseClock clock;
    private final NumberTable phones;
    private final Map<String, NumberTable> lists = new ConcurrentHashMap<>();
    private final Set<String> preparing = ConcurrentHashMap.newKeySet();
    private final Map<String, Failure> failures = new ConcurrentHashMap<>();
    private final Queue<String> toPrepare = new ConcurrentLinkedQueue<>();
    private boolean earlierListsKnown;

    private record Failure(String reason, Instant until) {}

    /**
     * @param longestTalk {@code callout.max-call-sec}
     * @param mayAlter    {@code callout.alter-tables}
     */
    public CalloutTables(
            DataSource dataSource, Supplier<Duration> longestTalk, BooleanSupplier mayAlter, DatabaseClock clock) {
        this.dataSource = dataSource;
        this.longestTalk = longestTalk;
        this.mayAlter = mayAlter;
        this.clock = clock;
        this.phones = new NumberTable(null, new CampaignPhones(dataSource));
    }

    /**
     * The table of a campaign.
     *
     * @param  list                     its {@code destination_list}; null: {@code campaign_phones}
     * @throws IllegalArgumentException if a list cannot have that name
     */
    public NumberTable of(String list) {
        return list == null
                ? phones
                : lists.computeIfAbsent(
                        list, name -> new NumberTable(name, new DestinationList(dataSource, name, longestTalk)));
    }

    /** The statement that opens numbers of a list once more; null: they are in {@code campaign_phones}. */
    public String reopening(String list) {
        return list == null ? null : ((DestinationList) of(list).rows()).reopening();
    }

    /** All that are used, or were when an earlier life of a node ended. */
    public List<NumberTable> inUse() {
        List<NumberTable> all = new ArrayList<>(lists.values());
        all.add(0, phones);
        return all;
    }

    /**
     * Completes what {@code due-campaigns.sql} has read: it knows {@code campaign_phones} only, so each campaign's list is
     * asked what there is to dial, or why it cannot be dialled from.
     *
     * @throws SQLException if the database does not answer
     */
    public void lookAtLists(@Body List<Map<String, Object>> rows) throws SQLException {
        if (!earlierListsKnown) {
            ListSchema.prepared(dataSource).forEach(this::of);
            earlierListsKnown = true;
        }
        for (Map<String, Object> row : rows) {
            lookAtList(row);
        }
    }

    /** The same with the row of one campaign, whatever has been read of the others. */
    public void lookAtList(Map<String, Object> row) throws SQLException {
        String list = Objects.toString(row.get("destination_list"), "").strip();
        if (!list.isEmpty()) {
            row.putAll(ListState.UNKNOWN.columns());
            String problem = problem(list, row);
            if (problem != null) {
                row.put("list_problem", problem);
            }
        }
    }

    private String problem(String list, Map<String, Object> row) throws SQLException {
        try {
            ListSchema.Need need = ListSchema.need(dataSource, list);
            String problem = need.problem(mayAlter.getAsBoolean());
            if (problem == null && need.statements().isEmpty()) {
                row.putAll(list(list)
                        .look(((Number) row.get("i_campaign")).longValue(), clock.due())
                        .columns());
                return null;
            }
            return problem == null ? prepareSoon(list) : problem;
        } catch (SQLException e) {
            DatabaseFault fault = DatabaseFault.of(e);
            if (fault == DatabaseFault.UNREACHABLE || fault == DatabaseFault.CUT) {
                throw e;
            }
            return "table " + list + " cannot be read: " + e.getMessage();
        }
    }

    private String prepareSoon(String list) {
        Failure failure = failures.get(list);
        if (failure != null && failure.until().isAfter(clock.steady().instant())) {
            return failure.reason();
        }
        if (preparing.add(list)) {
            toPrepare.add(list);
        }
        return "table " + list + " is being made or altered";
    }

    /** The lists that {@link #lookAtLists} has found wanting since this was asked last. */
    public List<String> toPrepare() {
        return Stream.generate(toPrepare::poll).takeWhile(Objects::nonNull).toList();
    }

    /** Makes or alters the table of one list. */
    public void prepare(@Body String list) {
        try {
            ListSchema schema = new ListSchema(dataSource, list);
            boolean missing = schema.need().missing();
            schema.prepare();
            failures.remove(list);
            if (missing) {
                LOG.info(
                        "Table {} was not there: it has been made for the campaigns whose destination_list it is, and is"
                                + " empty",
                        list);
            }
        } catch (SQLException e) {
            LOG.error(
                    "Table {} cannot be made or altered, which is tried again in {} s: {}",
                    list,
                    REST.toSeconds(),
                    e.getMessage());
            failures.put(
                    list,
                    new Failure(
                            "table " + list + " cannot be made or altered: " + e.getMessage(),
                            clock.steady().instant().plus(REST)));
        } finally {
            preparing.remove(list);
        }
    }

    /** The name of the table that a status is written to. */
    public String nameOf(@Body StatusRow status) {
        return Objects.toString(status.list(), "campaign_phones");
    }

    /** The list that a batch of one table is written to; null: {@code campaign_phones}. */
    public String listOf(@Body List<StatusRow> batchOfOneTable) {
        return batchOfOneTable.get(0).list();
    }

    /** {@code insert-attempts.sql} of a destination list; null for {@code campaign_phones}, which the step itself names. */
    public String insertAttemptsOfList(@Header(LIST) String list) {
        return list == null ? null : list(list).insertAttempts();
    }

    /** {@code mark-uncharged.sql} of a destination list; null for {@code campaign_phones}, which the step itself names. */
    public String markUnchargedOfList(@Header(LIST) String list) {
        return list == null ? null : list(list).markUncharged();
    }

    /** {@code write-status.sql} of a destination list; null for {@code campaign_phones}, which the step itself names. */
    public String writeStatusOfList(@Header(LIST) String list) {
        return list == null ? null : list(list).writeStatus();
    }

    /** {@code end-run.sql} of a destination list; null for {@code campaign_phones}, which the step itself names. */
    public String endRunOfList(@Header(LIST) String list) {
        return list == null ? null : list(list).endRun();
    }

    private DestinationList list(String name) {
        return (DestinationList) of(name).rows();
    }

    /** How many seconds the statements that write a batch may wait for a lock. */
    public int secondsToWait(@Header(LIST) String list) {
        return of(list).rows().secondsToWait();
    }

    /** Whether a batch, in JSON, holds calls that may go uncharged. */
    public boolean someNotCharged(@Body String batch) {
        return CalloutTable.someNotCharged(batch);
    }

    /** A batch could not be written: notes whether that is since somebody holds a lock of its table. */
    public void notWritten(Exchange exchange, SQLException fault) {
        of(exchange.getMessage().getHeader(LIST, String.class)).rows().notWritten(fault);
    }

    /** Whether a step has failed since its destination list has been dropped or made anew. */
    public boolean isGone(Exchange exchange) {
        return exchange.getMessage().getHeader(LIST) != null && DestinationList.isGone(fault(exchange));
    }

    /** Whether a step has failed since somebody holds a lock. */
    public boolean isLocked(Exchange exchange) {
        return DatabaseFault.of(fault(exchange)) == DatabaseFault.LOCKED;
    }

    /** Whether a step has failed in a way that is left for the next scan. */
    public boolean isLockedOrGone(Exchange exchange) {
        return isLocked(exchange) || isGone(exchange);
    }

    private static Throwable fault(Exchange exchange) {
        return exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    }

    /** Writes a batch of one table, in JSON, to it; can be repeated. */
    public void write(@Body String batch, @Header(LIST) String list) throws SQLException {
        of(list).rows().write(batch);
    }
}
