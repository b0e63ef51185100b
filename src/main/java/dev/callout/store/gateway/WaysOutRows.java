package dev.callout.store.gateway;

import dev.callout.campaign.Printable;
import dev.callout.campaign.SafeText;
import dev.callout.campaign.dial.CallerId;
import dev.callout.campaign.dial.DialString;
import dev.callout.campaign.gateway.CallerIdPool;
import dev.callout.campaign.gateway.Gateway;
import dev.callout.campaign.gateway.GatewayGroup;
import dev.callout.campaign.gateway.WaysOut;
import dev.callout.store.sql.SqlText;
import dev.callout.store.sql.Transactions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the tables {@code gateways}, {@code gateway_groups}, {@code caller_id_pools} and {@code caller_ids}. */
public final class WaysOutRows {

    private static final Logger LOG = LoggerFactory.getLogger(WaysOutRows.class);

    private static final String GATEWAYS = SqlText.of("ways_out/gateways");
    private static final String GROUPS = SqlText.of("ways_out/gateway-groups");
    private static final String CALLER_IDS = SqlText.of("ways_out/caller-ids");

    private final Transactions transactions;

    /** @param dataSource the database */
    public WaysOutRows(DataSource dataSource) {
        this.transactions = new Transactions(dataSource);
    }

    /**
     * Reads all rows. A gateway's row that cannot be read becomes a gateway with problems, a caller ID's a disabled one.
     *
     * @throws SQLException if the database did not answer
     */
    public WaysOut read() throws SQLException {
        return transactions.run(jdbc -> new WaysOut(
                gateways(jdbc.queryForList(GATEWAYS, Map.of())),
                groups(jdbc.queryForList(GROUPS, Map.of())),
                pools(jdbc.queryForList(CALLER_IDS, Map.of()))));
    }

    private static Map<String, Gateway> gateways(List<Map<String, Object>> rows) {
        Map<String, Gateway> gateways = new HashMap<>();
        for (Map<String, Object> row : rows) {
            Gateway gateway = GatewayRow.read(row);
            gateways.put(gateway.name(), gateway);
        }
        return gateways;
    }

    private static Map<String, GatewayGroup> groups(List<Map<String, Object>> rows) {
        Map<String, GatewayGroup> groups = new HashMap<>();
        for (Map<String, Object> row : rows) {
            List<String> names = GatewayRow.names(text(row, "gateways"));
            names.stream()
                    .filter(name -> !DialString.isGateway(name))
                    .forEach(name -> LOG.debug(
                            "Table gateway_groups, group {}: '{}' is no name of a gateway",
                            Printable.of(row.get("name").toString()),
                            Printable.of(name)));
            groups.put(
                    WaysOut.key(row.get("name").toString()),
                    new GatewayGroup(
                            names.stream().filter(DialString::isGateway).toList(), maxLegs(row.get("max_legs"))));
        }
        return groups;
    }

    private static int maxLegs(Object value) {
        return value instanceof Number number ? number.intValue() : GatewayGroup.DEFAULT_LEGS;
    }

    private static Map<String, CallerIdPool> pools(List<Map<String, Object>> rows) {
        Map<String, List<CallerIdPool.CallerId>> callerIds = new LinkedHashMap<>();
        for (Map<String, Object> row : rows) {
            List<CallerIdPool.CallerId> ofPool =
                    callerIds.computeIfAbsent(row.get("name").toString(), name -> new ArrayList<>());
            String number = text(row, "number");
            if (number != null) {
                String weight = text(row, "weight");
                ofPool.add(new CallerIdPool.CallerId(
                        number,
                        weight == null ? 1 : Integer.parseInt(weight),
                        isEnabled(row.get("enabled")) && CallerId.isOne(number),
                        text(row, "prefix")));
            }
        }
        Map<String, CallerIdPool> pools = new HashMap<>();
        callerIds.forEach((name, all) -> pools.put(WaysOut.key(name), new CallerIdPool(name, all)));
        return pools;
    }

    /** Connector/J returns a TINYINT(1) as a Boolean. NULL is the default, which is enabled. */
    private static boolean isEnabled(Object value) {
        return value == null || Boolean.TRUE.equals(value) || value instanceof Number number && number.intValue() != 0;
    }

    private static String text(Map<String, Object> row, String column) {
        Object value = row.get(column);
        return value == null ? null : SafeText.orNull(value.toString());
    }
}
