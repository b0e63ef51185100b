package dev.callout.api;

import dev.callout.store.DatabaseWords;
import dev.callout.store.Statements;
import java.sql.SQLException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes entries of the audit for what is done to this node. It is done in no transaction, and also while the database is
 * away; then the log has the entry.
 *
 * @param node name of this node
 */
record NodeAudit(Statements statements, String node) {

    private static final Logger LOG = LoggerFactory.getLogger(NodeAudit.class);

    void write(String action) {
        try {
            statements.inTransaction(session -> {
                session.audit(action, "node " + node, Map.of());
                return action;
            });
        } catch (SQLException e) {
            LOG.warn("Table audit cannot be written, so it lacks {} of this node: {}", action, DatabaseWords.of(e));
        }
    }
}
