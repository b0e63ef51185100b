package dev.callout.store.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.PreparedStatementCreator;
import org.springframework.jdbc.core.PreparedStatementCreatorFactory;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.ParsedSql;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Spring's template for the statements of {@link SqlText}, whose values come in a map. Thread-safe. */
public final class SqlTemplate extends NamedParameterJdbcTemplate {

    /** @param dataSource the database; the template joins the thread's current transaction on it */
    public SqlTemplate(DataSource dataSource) {
        super(dataSource);
    }

    /** Does the work on one connection. Each statement is committed by itself. */
    public static <T, E extends Exception> T onOneConnection(DataSource dataSource, Transactions.Work<T, E> work)
            throws SQLException, E {
        try (Connection connection = dataSource.getConnection()) {
            return work.in(new SqlTemplate(new SingleConnectionDataSource(connection, true)));
        } catch (DataAccessException e) {
            throw DatabaseFault.thrownBy(e);
        }
    }

    @Override
    protected ParsedSql getParsedSql(String sql) {
        return super.getParsedSql(sql.replace(":#in:", ":").replace(":#", ":"));
    }

    /**
     * For a null of unknown type, Spring asks the server for the parameter's type each time. The server does not need a
     * type.
     */
    @Override
    protected PreparedStatementCreator getPreparedStatementCreator(
            String sql, SqlParameterSource values, Consumer<PreparedStatementCreatorFactory> customizer) {
        if (values instanceof MapSqlParameterSource map) {
            map.getValues().forEach((name, value) -> {
                if (value == null) {
                    map.registerSqlType(name, Types.NULL);
                }
            });
        }
        return super.getPreparedStatementCreator(sql, values, customizer);
    }
}
