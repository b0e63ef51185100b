package dev.callout.dialler.campaigns;

import dev.callout.store.Nodes;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * By what the nodes judge numbers, beside the tables: versions of data, and options. Nodes that differ disagree about
 * the same number for as long as they run. Only one thread uses this.
 */
public final class NodeTerms {

    private static final Logger LOG = LoggerFactory.getLogger(NodeTerms.class);

    private final Nodes nodes;
    private final Supplier<String> incarnation;
    private final Supplier<String> own;
    private Told last = new Told(null, null);
    private Map<String, String> logged = Map.of();

    private record Told(String incarnation, String terms) {}

    /**
     * @param incarnation names the row of this node; gives null before there is one
     * @param own         by what this node judges
     */
    public NodeTerms(Nodes nodes, Supplier<String> incarnation, Supplier<String> own) {
        this.nodes = nodes;
        this.incarnation = incarnation;
        this.own = own;
    }

    /** Writes to this node's row by what it judges, if that has changed. */
    void tell() throws SQLException {
        Told now = new Told(incarnation.get(), own.get());
        if (now.incarnation() != null && !now.equals(last)) {
            nodes.tellTerms(now.incarnation(), now.terms());
            last = now;
        }
    }

    /** Asks whether the running nodes differ. Logs once how they do. */
    boolean differ() throws SQLException {
        Map<String, String> terms = nodes.terms();
        boolean differ = terms.values().stream().distinct().count() > 1;
        if (differ && !Objects.equals(terms, logged)) {
            LOG.warn(
                    "Nodes judge numbers by different data: {}. Numbers that calling rules keep closed are judged anew by each"
                            + " of them, but not more often than every {} minutes; callout check says what to do",
                    Nodes.inWords(terms),
                    RuleJudging.REST_AFTER_OTHERS.toMinutes());
        }
        logged = differ ? terms : Map.of();
        return differ;
    }
}
