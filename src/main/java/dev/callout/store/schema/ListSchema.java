package dev.callout.store.schema;

import dev.callout.campaign.Campaign;
import dev.callout.store.sql.DatabaseFault;
import dev.callout.store.sql.SqlTemplate;
import dev.callout.store.sql.SqlText;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The table of one destination list: determines what it lacks for dialling, creates it, alters it. */
public final class ListSchema {
    private static final Logger LOG = LoggerFactory.getLogger(ListSchema.class);
    private static final String ENGINE = SqlText.of("engine");
    private static final String PREPARED = SqlText.of("prepared-lists");
    /** The longest wait for others who use the table. While an ALTER waits, everybody else has to wait behind it. */
    private static final String WAIT = "SET STATEMENT lock_wait_timeout = 10 FOR ";

    private final DataSource dataSource;
    private final String name;
    private final String create;
    private final String convert;
    private final String extend;
    private final String extendTelephones;

    /**
     * @param  dataSource               the database
     * @param  name                     the table's name
     * @throws IllegalArgumentException if a list cannot have this name; the message is a sentence that says why
     */
    public ListSchema(DataSource dataSource, String name) {
        ListName checked = new ListName(name);
        this.dataSource = dataSource;
        this.name = name;
        this.create = oneLine(checked.statement("create"));
        this.convert = oneLine(checked.statement("convert"));
        this.extend = oneLine(checked.statement("extend"));
        this.extendTelephones = oneLine(checked.statement("extend-telephones"));
    }

    /** Whether the name is that of one of Callout's own tables. Those are never dialled from as a list. */
    public static boolean isOwnTable(String name) {
        return Campaign.isListName(name) && !ListName.isAllowed(name);
    }

    /** The lists of a database that have been prepared, whether or not a campaign names them. */
    public static List<String> prepared(DataSource dataSource) throws SQLException {
        return SqlTemplate.onOneConnection(dataSource, jdbc -> jdbc.queryForList(PREPARED, Map.of(), String.class))
                .stream()
                .filter(ListName::isAllowed)
                .toList();
    }

    private static String oneLine(String statement) {
        return statement
                .lines()
                .filter(line -> !line.startsWith("--"))
                .map(String::strip)
                .collect(Collectors.joining(" "));
    }

    /**
     * What the table of that name lacks. A name that a list cannot have makes it unfit.
     *
     * @param telephones as for {@link #need(boolean)}
     */
    public static Need need(DataSource dataSource, String name, boolean telephones) throws SQLException {
        try {
            return new ListSchema(dataSource, name).need(telephones);
        } catch (IllegalArgumentException e) {
            return Need.unfit(e.getMessage());
        }
    }

    /**
     * What the table lacks.
     *
     * @param telephones whether a campaign with a country dials from it. If none does, a table that lacks only the columns
     *                   for telephones is ready
     */
    public Need need(boolean telephones) throws SQLException {
        return SqlTemplate.onOneConnection(dataSource, jdbc -> {
            List<String> engines = jdbc.queryForList(ENGINE, Map.of("table", name), String.class);
            if (engines.isEmpty()) {
                return new Need(name, true, List.of(create, extend, extendTelephones), null);
            }
            if (engines.get(0) == null || Schema.lacks(jdbc, name, "ADD COLUMN IF NOT EXISTS number")) {
                return Need.unfit("table " + name + " is no list of numbers: it is a view, or has no column number");
            }
            List<String> statements = new ArrayList<>();
            if (!"InnoDB".equalsIgnoreCase(engines.get(0))) {
                statements.add(convert);
            }
            if (Schema.lacks(jdbc, name, extend)) {
                statements.add(extend);
            }
            if ((telephones || !statements.isEmpty()) && Schema.lacks(jdbc, name, extendTelephones)) {
                statements.add(extendTelephones);
            }
            return new Need(name, false, statements, null);
        });
    }

    /**
     * Creates or alters the table if needed. Can be repeated, and several nodes may do it at the same time. An existing
     * table keeps its content; {@code SELECT *} and INSERTs that name no columns work as before. It takes as long as
     * copying the table.
     *
     * @return the statements that were executed
     * @throws SQLException if the server refuses, or if the table cannot be a list whatever is added to it
     */
    public List<String> prepare() throws SQLException {
        Need need = need(true);
        if (need.unfit() != null) {
            throw DatabaseFault.refusal(need.unfit());
        }
        return SqlTemplate.onOneConnection(dataSource, jdbc -> {
            for (String text : need.statements()) {
                LOG.info("Creating or altering table {}; this may take as long as copying it", name);
                LOG.debug("{}", text);
                Schema.alter(jdbc, WAIT + text);
            }
            return need.statements();
        });
    }

    /**
     * What must be executed before the list can be dialled from.
     *
     * @param list       the table's name; null if it is unfit
     * @param missing    whether the table does not exist at all
     * @param statements in their order; empty: nothing
     * @param unfit      a sentence that says why no statement can help; null if there is no such reason
     */
    public record Need(String list, boolean missing, List<String> statements, String unfit) {
        public Need {
            statements = List.copyOf(statements);
        }

        private static Need unfit(String reason) {
            return new Need(null, false, List.of(), reason);
        }

        /**
         * What an operator must do before the list can be dialled from. Null if nothing is needed, because the list is
         * ready or Callout prepares it.
         *
         * @param mayAlter {@code callout.alter-tables}
         */
        public String problem(boolean mayAlter) {
            if (unfit != null || missing || mayAlter || statements.isEmpty()) {
                return unfit;
            }
            return "table " + list + " lacks what is needed to dial from it: set callout.alter-tables=true, or run "
                    + String.join("; ", statements);
        }
    }
}
