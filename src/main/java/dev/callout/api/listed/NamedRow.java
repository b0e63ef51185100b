package dev.callout.api.listed;

import dev.callout.campaign.Printable;
import dev.callout.store.Statements;
import java.util.Map;
import java.util.Optional;

/** A column that names a row of another table. */
enum NamedRow {
    GATEWAY_GROUP("gateway_group", "gateway-group-named", "group of gateways", "/api/gateway-groups"),
    CALLER_ID_POOL("caller_id_pool", "caller-id-pool-named", "pool of caller IDs", "/api/caller-id-pools");

    private static final int LAST_ASCII = 0x7f;

    private final String column;
    private final String statement;
    private final String kind;
    private final String path;

    NamedRow(String column, String statement, String kind, String path) {
        this.column = column;
        this.statement = statement;
        this.kind = kind;
        this.path = path;
    }

    /** Returns the column. */
    String column() {
        return column;
    }

    /**
     * Returns what is wrong with the name that is given; empty: there is such a row, which stays until the transaction
     * ends, or none is named.
     */
    Optional<String> problem(Statements.Session session, Map<String, Object> given) {
        Object name = given.get(column);
        return name == null
                        || isAscii(name)
                                && !session.query(statement, Map.of("name", name))
                                        .isEmpty()
                ? Optional.empty()
                : Optional.of(column + " names no " + kind + " '" + Printable.of(name.toString()) + "': " + path
                        + " lists them");
    }

    /** The database compares these names with no others. */
    private static boolean isAscii(Object name) {
        return name.toString().chars().allMatch(c -> c <= LAST_ASCII);
    }
}
