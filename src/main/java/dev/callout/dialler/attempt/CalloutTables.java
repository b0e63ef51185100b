package dev.callout.dialler.attempt;

import dev.callout.store.CampaignDefaults;
import dev.callout.store.CampaignRow;
import dev.callout.store.DatabaseClock;
import dev.callout.store.claim.LineCounts;
import dev.callout.store.donotcall.OptOuts;
import dev.callout.store.gateway.DayBills;
import dev.callout.store.numbers.CalloutTable;
import dev.callout.store.numbers.CampaignPhones;
import dev.callout.store.numbers.DestinationList;
import dev.callout.store.numbers.ListState;
import dev.callout.store.rules.Opening;
import dev.callout.store.schema.ListSchema;
import dev.callout.store.sql.DatabaseFault;
import dev.callout.store.sql.Transactions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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

    /** How long to wait before trying again to create or alter a table after a failure. */
    private static final Duration REST = Duration.ofMinutes(1);

    /** How drivers return a condition that holds. */
    private static final Set<String> TRUE = Set.of("1", "true");

    private final DataSource dataSource;
    private final Supplier<Duration> longestTalk;
    private final BooleanSupplier mayAlter;
    private final Supplier<CampaignDefaults> defaults;
    private final boolean outbox;
    private final DatabaseClock clock;
    private final CalloutTable phones;
    private final Map<String, DestinationList> lists = new ConcurrentHashMap<>();
    private final Set<String> preparing = ConcurrentHashMap.newKeySet();
    private final Map<String, Failure> failures = new ConcurrentHashMap<>();
    private final Queue<String> toPrepare = new ConcurrentLinkedQueue<>();
    private boolean earlierListsKnown;

    private record Failure(String reason, Instant until) {}

    /**
     * @param longestTalk gives {@code callout.max-call-sec}
     * @param mayAlter    gives {@code callout.alter-tables}
     * @param defaults    gives what applies where a campaign sets nothing
     * @param outbox      whether ends of calls are put into the outbox
     */
    public CalloutTables(
            DataSource dataSource,
            Supplier<Duration> longestTalk,
            BooleanSupplier mayAlter,
            Supplier<CampaignDefaults> defaults,
            boolean outbox,
            DatabaseClock clock) {
        this.dataSource = dataSource;
        this.longestTalk = longestTalk;
        this.mayAlter = mayAlter;
        this.defaults = defaults;
        this.outbox = outbox;
        this.clock = clock;
        this.phones = new CampaignPhones(dataSource);
    }

    /**
     * The table of a campaign.
     *
     * @param  list                     the campaign's {@code destination_list}; null means {@code campaign_phones}
     * @throws IllegalArgumentException if a list cannot have that name
     */
    public CalloutTable of(String list) {
        return list == null ? phones : list(list);
    }

    /** The statement that reopens the numbers of a list; null if they are in {@code campaign_phones}. */
    public String reopening(String list) {
        return list == null ? null : list(list).reopening();
    }

    /** All tables that are in use, or were in use when an earlier incarnation of a node ended. */
    public List<CalloutTable> inUse() {
        List<CalloutTable> all = new ArrayList<CalloutTable>(lists.values());
        all.add(0, phones);
        return all;
    }

    /** All tables that are in use, and the lists that lines are still counted for, existing or not. */
    public List<CalloutTable> counted() throws SQLException {
        LineCounts.lists(new Transactions(dataSource)).forEach(this::of);
        return inUse();
    }

    /**
     * Completes the rows that {@code due-campaigns.sql} has read. That statement knows {@code campaign_phones} only. So
     * this method reads from each campaign's list what there is to dial, or why the list cannot be dialled from.
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

    /** Does the same for the row of one campaign, independently of the others. */
    public void lookAtList(Map<String, Object> row) throws SQLException {
        String list = Objects.toString(row.get("destination_list"), "").strip();
        if (!list.isEmpty()) {
            row.putAll(ListState.UNKNOWN.columns());
            String problem = problem(list, row);
            if (problem != null) {
                row.put("list_problem", problem);
            }
        }
        if (TRUE.contains(String.valueOf(row.get("has_closed")))) {
            lookAtClosed(row, of(list.isEmpty() ? null : list));
        }
    }

    private void lookAtClosed(Map<String, Object> row, CalloutTable table) throws SQLException {
        Optional<Opening> first = table.firstOpening(((Number) row.get("i_campaign")).longValue());
        if (first.isPresent()) {
            row.putAll(first.get().columns());
            if (!first.get().at().isAfter(clock.due())) {
                row.put("has_due", true);
            }
        }
    }

    private String problem(String list, Map<String, Object> row) throws SQLException {
        try {
            ListSchema.Need need = ListSchema.need(
                    dataSource,
                    list,
                    new CampaignRow(row, defaults.get()).campaign().country() != null);
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
        return "table " + list + " is being created or altered";
    }

    /** The lists that {@link #lookAtLists} has found missing or incomplete since the last call of this method. */
    public List<String> toPrepare() {
        return Stream.generate(toPrepare::poll).takeWhile(Objects::nonNull).toList();
    }

    /** Creates or alters the table of one list. */
    public void prepare(@Body String list) {
        try {
            ListSchema schema = new ListSchema(dataSource, list);
            boolean missing = schema.need(true).missing();
            schema.prepare();
            failures.remove(list);
            if (missing) {
                LOG.info(
                        "Table {} did not exist. It was created, empty, for the campaigns that name it as destination_list",
                        list);
            }
        } catch (SQLException e) {
            LOG.error(
                    "Table {} cannot be created or altered. The next try is in {} s: {}",
                    list,
                    REST.toSeconds(),
                    e.getMessage());
            failures.put(
                    list,
                    new Failure(
                            "table " + list + " cannot be created or altered: " + e.getMessage(),
                            clock.steady().instant().plus(REST)));
        } finally {
            preparing.remove(list);
        }
    }

    /** The name of the table that a status is written to. */
    public String nameOf(@Body StatusRow status) {
        return Objects.toString(status.key().list(), "campaign_phones");
    }

    /** The list that a batch of one table is written to; null means {@code campaign_phones}. */
    public String listOf(@Body List<StatusRow> batchOfOneTable) {
        return batchOfOneTable.get(0).key().list();
    }

    /** {@code insert-outbox.sql} for a destination list; null for {@code campaign_phones}, where the step itself names it. */
    public String insertOutboxOfList(@Header(CallHeaders.LIST) String list) {
        return list == null ? null : list(list).insertOutbox();
    }

    /**
     * {@code insert-attempts.sql} for a destination list; null for {@code campaign_phones}, where the step itself names
     * it.
     */
    public String insertAttemptsOfList(@Header(CallHeaders.LIST) String list) {
        return list == null ? null : list(list).insertAttempts();
    }

    /**
     * {@code mark-uncharged.sql} for a destination list; null for {@code campaign_phones}, where the step itself names
     * it.
     */
    public String markUnchargedOfList(@Header(CallHeaders.LIST) String list) {
        return list == null ? null : list(list).markUncharged();
    }

    /**
     * {@code write-status.sql} for a destination list; null for {@code campaign_phones}, where the step itself names
     * it.
     */
    public String writeStatusOfList(@Header(CallHeaders.LIST) String list) {
        return list == null ? null : list(list).writeStatus();
    }

    /** {@code end-run.sql} for a destination list; null for {@code campaign_phones}, where the step itself names it. */
    public String endRunOfList(@Header(CallHeaders.LIST) String list) {
        return list == null ? null : list(list).endRun();
    }

    private DestinationList list(String name) {
        return lists.computeIfAbsent(name, fresh -> new DestinationList(dataSource, fresh, longestTalk));
    }

    /** How many seconds the statements that write a batch may wait for a lock. */
    public int secondsToWait(@Header(CallHeaders.LIST) String list) {
        return of(list).secondsToWait();
    }

    /** Whether a batch, in JSON, contains bills of campaigns with a limit. */
    public boolean someBilled(@Body String batch) {
        return DayBills.someIn(batch);
    }

    /** Whether a batch, in JSON, contains ended calls that are to be put into the outbox. */
    public boolean someForOutbox(@Body String batch) {
        return outbox && CalloutTable.someEnded(batch);
    }

    /** Whether a batch, in JSON, contains calls whose callees have opted out. */
    public boolean someOptedOut(@Body String batch) {
        return OptOuts.someIn(batch);
    }

    /** Whether a batch, in JSON, contains calls that may go uncharged. */
    public boolean someNotCharged(@Body String batch) {
        return CalloutTable.someNotCharged(batch);
    }

    /**
     * A batch could not be written. Records whether the reason is that another connection holds a lock on its table.
     */
    public void notWritten(Exchange exchange, SQLException fault) {
        of(exchange.getMessage().getHeader(CallHeaders.LIST, String.class)).notWritten(fault);
    }

    /** Whether a step has failed because its destination list was dropped or created anew. */
    public boolean isGone(Exchange exchange) {
        return exchange.getMessage().getHeader(CallHeaders.LIST) != null && DestinationList.isGone(fault(exchange));
    }

    /** Whether a step has failed because another connection holds a lock. */
    public boolean isLocked(Exchange exchange) {
        return DatabaseFault.of(fault(exchange)) == DatabaseFault.LOCKED;
    }

    /** Whether a step has failed in a way that the next scan handles. */
    public boolean isLockedOrGone(Exchange exchange) {
        return isLocked(exchange) || isGone(exchange);
    }

    private static Throwable fault(Exchange exchange) {
        return exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    }

    /** Writes a batch of one table, in JSON, to that table. Can be repeated. */
    public void write(@Body String batch, @Header(CallHeaders.LIST) String list) throws SQLException {
        of(list).write(batch, outbox);
    }
}
