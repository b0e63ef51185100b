package dev.callout.api.listed;

import dev.callout.api.answer.Answer;
import dev.callout.api.answer.Column;
import dev.callout.api.http.ApiProblem;
import dev.callout.api.http.ApiRequest;
import dev.callout.api.http.ApiResponse;
import dev.callout.campaign.dial.DialString;
import dev.callout.dialler.gateways.Gateways;
import dev.callout.dialler.measure.GatewayTraffic;
import dev.callout.store.Statements;
import dev.callout.store.gateway.GatewayRow;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is known of gateways: the switches that have them, whom they serve, and how they want numbers. */
public final class GatewaysApi extends ListedApi {

    /** What of a gateway people may set. */
    public static final List<Column> COLUMNS = List.of(
            Column.text("name", 130),
            Column.of("enabled", Column.Kind.FLAG),
            Column.text("switches", 255),
            Column.whole("priority", 0, 1_000_000),
            Column.price("cost_per_minute"),
            Column.whole("weight", 0, 1_000_000),
            Column.lines("prefixes"),
            Column.text("dial_format", 16),
            Column.whole("strip", 0, 20),
            Column.text("prefix", 16),
            Column.text("codecs", 255),
            Column.text("attest", 1),
            Column.of("privacy", Column.Kind.FLAG),
            Column.text("asserted_identity", 255),
            Column.text("caller_id_pool", 64),
            new Column("calls_per_second", Column.Kind.DECIMAL, 0, 10_000),
            Column.whole("max_calls", 0, 1_000_000),
            Column.text("billing_increment", 16));

    private final Gateways gateways;
    private final GatewayTraffic traffic;

    /**
     * @param statements read and write the rows
     * @param gateways   the gateways as this node sees them
     * @param traffic    what this node dials by them
     */
    public GatewaysApi(Statements statements, Gateways gateways, GatewayTraffic traffic) {
        super(statements, "gateway", "gateways", "i_gateway", COLUMNS);
        this.gateways = gateways;
        this.traffic = traffic;
    }

    /** Adds how the gateway stands on this node. */
    @Override
    Map<String, Object> shown(Map<String, Object> row) {
        Map<String, Object> shown = new LinkedHashMap<>(row);
        String name = row.get("name") == null ? "" : row.get("name").toString();
        GatewayTraffic.Counts counts = traffic.counts(GatewayTraffic.nameOf(name));
        shown.put("calls_up", counts.up());
        shown.put("calls_per_minute", counts.lastMinute());
        List<Map<String, Object>> rests = new ArrayList<>();
        gateways.rests(name)
                .forEach((switchName, rest) -> rests.add(Map.of(
                        "switch",
                        switchName,
                        "until",
                        rest.until().truncatedTo(ChronoUnit.SECONDS).toString(),
                        "why",
                        rest.why().toString())));
        shown.put("rests", rests);
        return shown;
    }

    /** Ends the rests of a gateway on this node. */
    public ApiResponse reset(ApiRequest request) {
        return Answer.to(request, () -> {
            long key = key(request);
            Map<String, Object> row = row(key);
            Set<String> rested = gateways.reset(String.valueOf(row.get("name")));
            if (!rested.isEmpty()) {
                statements.inTransaction(session -> {
                    session.audit("gateway.reset", object(key, row), Map.of("switches", rested));
                    return rested;
                });
            }
            return answer(200, row);
        });
    }

    @Override
    void prepare(Statements.Session session, Map<String, Object> before, Map<String, Object> values) {
        requireText(values, "name", "must be given");
        String name = ((String) values.get("name")).strip();
        if (!DialString.isGateway(name)) {
            throw ApiProblem.field(
                    "name", "must be a gateway's name, or profile/gateway: letters without accents, digits, _ . and -");
        }
        values.put("name", name);
        if (!name.equals(before.get("name"))) {
            refuseNamesake(
                    session, "gateway-namesakes", values, "A row describes this gateway already: %s. Change that row");
        }
    }

    /** Accepts what the dialler accepts. */
    @Override
    void check(Statements.Session session, Map<String, Object> row, Map<String, Object> given) {
        List<Map.Entry<String, String>> wrong = new ArrayList<>();
        for (String problem : GatewayRow.read(row).problems()) {
            Column column = COLUMNS.stream()
                    .filter(one -> problem.contains("column " + one.name()))
                    .findFirst()
                    .orElse(COLUMNS.get(0));
            wrong.add(Map.entry(column.name(), problem));
        }
        NamedRow.CALLER_ID_POOL
                .problem(session, given)
                .ifPresent(problem -> wrong.add(Map.entry(NamedRow.CALLER_ID_POOL.column(), problem)));
        ApiProblem.refuse(wrong);
    }

    @Override
    Map<String, Object> complete(Statements.Session session, Map<String, Object> row) {
        return Column.shown(COLUMNS, row);
    }

    @Override
    String kindOfUsers() {
        return "Campaigns or groups of gateways";
    }
}
