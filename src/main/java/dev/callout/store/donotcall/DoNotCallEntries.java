package dev.callout.store.donotcall;

import dev.callout.campaign.UndialableException;
import dev.callout.campaign.telephone.Country;
import dev.callout.campaign.telephone.TelephoneReader;
import dev.callout.store.sql.SqlTemplate;
import dev.callout.store.sql.SqlText;
import dev.callout.store.sql.Transactions;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * Reads which telephones the entries of do-not-call lists mean, and writes that beside them. Several nodes can do so at
 * once: each takes entries that no other is reading.
 */
public final class DoNotCallEntries {

    private static final String NAMED = SqlText.of("do_not_call_lists/named");
    private static final Texts COMMON = Texts.of("do_not_call");
    private static final Texts FURTHER = Texts.of("do_not_call_entries");

    private static final int FETCHED_AT_ONCE = 500;

    private final Transactions transactions;
    private final SqlTemplate streaming;

    /** @param dataSource the database */
    public DoNotCallEntries(DataSource dataSource) {
        this.transactions = new Transactions(dataSource);
        this.streaming = new SqlTemplate(dataSource);
        this.streaming.getJdbcTemplate().setFetchSize(FETCHED_AT_ONCE);
    }

    private record Texts(String stale, String pick, String write, String count, String texts) {

        private static Texts of(String table) {
            return new Texts(
                    SqlText.of(table + "/stale"),
                    SqlText.of(table + "/pick-stale"),
                    SqlText.of(table + "/write-read"),
                    SqlText.of(table + "/count"),
                    SqlText.of(table + "/texts"));
        }

        private static Texts of(Register register) {
            return register.name() == null ? COMMON : FURTHER;
        }
    }

    /**
     * How far a list has been read.
     *
     * @param entries how many entries it has
     * @param unread  how many of them are still to be read
     */
    public record Count(long entries, long unread) {}

    /** Table {@code do_not_call}, and the further lists that campaigns can name. */
    public List<Register> registers() throws SQLException {
        List<Register> registers = new ArrayList<>(List.of(Register.COMMON));
        registers.addAll(transactions.run(jdbc -> jdbc.query(
                NAMED,
                Map.of(),
                (row, n) -> new Register(
                        row.getLong("i_do_not_call_list"), row.getString("name"), row.getString("country")))));
        return registers;
    }

    /** Whether all entries of a list have been read, as they stand there, by that country and the present metadata. */
    public boolean isRead(Register register, Country country) throws SQLException {
        Map<String, Object> parameters = parameters(register, country);
        return transactions.run(jdbc -> stale(jdbc, register, parameters).isEmpty());
    }

    /** How far a list has been read. Takes time if the list is long. */
    public Count count(Register register, Country country) throws SQLException {
        return transactions.run(jdbc -> jdbc.queryForObject(
                Texts.of(register).count,
                parameters(register, country),
                (row, n) -> new Count(row.getLong("entries"), row.getLong("unread"))));
    }

    /**
     * Passes on the entries of a list, one by one, so that their number does not matter.
     *
     * @param all  false: only those that mean no telephone or have not been read yet
     * @param text takes each as it is written
     */
    public void each(Register register, boolean all, Consumer<String> text) throws SQLException {
        Map<String, Object> parameters = Map.of("list", register.list(), "all", all ? 1 : 0);
        transactions.run(jdbc -> {
            try (Stream<String> texts =
                    streaming.queryForStream(Texts.of(register).texts, parameters, (row, n) -> row.getString("text"))) {
                texts.forEach(text);
            }
            return true;
        });
    }

    /** Where the reading of a list goes on. Not thread-safe. */
    public final class Pass {

        private final Register register;
        private final Country country;
        private final Map<String, Object> parameters;

        private Pass(Register register, Country country) {
            this.register = register;
            this.country = country;
            this.parameters = parameters(register, country);
            parameters.put("after", null);
        }

        /**
         * Reads a thousand entries at most.
         *
         * @return false if there were none, or none that no other node is reading
         */
        public boolean readSome() throws SQLException {
            return transactions.run(jdbc -> {
                List<String> texts = pick(jdbc);
                if (texts.isEmpty()) {
                    parameters.put("after", null);
                    return false;
                }
                write(jdbc, texts);
                parameters.put("after", texts.get(texts.size() - 1));
                return true;
            });
        }

        private List<String> pick(NamedParameterJdbcTemplate jdbc) {
            if (parameters.get("after") != null) {
                List<String> further = jdbc.queryForList(Texts.of(register).pick, parameters, String.class);
                if (!further.isEmpty()) {
                    return further;
                }
            }
            Optional<Stale> stale = stale(jdbc, register, parameters);
            if (stale.isEmpty()) {
                return List.of();
            }
            parameters.put("stale", stale.get().readBy());
            parameters.put("after", null);
            return jdbc.queryForList(Texts.of(register).pick, parameters, String.class);
        }

        private void write(NamedParameterJdbcTemplate jdbc, List<String> texts) {
            jdbc.batchUpdate(
                    Texts.of(register).write, texts.stream().map(this::row).toArray(MapSqlParameterSource[]::new));
        }

        private MapSqlParameterSource row(String text) {
            return new MapSqlParameterSource(parameters)
                    .addValue("text", text)
                    .addValue("e164", e164(text), Types.VARCHAR);
        }

        private String e164(String text) {
            try {
                return TelephoneReader.read(text, country).e164();
            } catch (UndialableException e) {
                // Nobody has such a telephone. The check of the installation names the entry.
                return null;
            }
        }
    }

    /** Begins to read the entries of a list by a country, those that have been read by another one included. */
    public Pass pass(Register register, Country country) {
        return new Pass(register, country);
    }

    /** @param readBy null: by nothing */
    private record Stale(String readBy) {}

    private static Optional<Stale> stale(
            NamedParameterJdbcTemplate jdbc, Register register, Map<String, Object> parameters) {
        return jdbc
                .query(Texts.of(register).stale, parameters, (row, n) -> new Stale(row.getString("e164_known")))
                .stream()
                .findFirst();
    }

    private static Map<String, Object> parameters(Register register, Country country) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("list", register.list());
        parameters.put("version", TelephoneReader.version(country));
        return parameters;
    }
}
