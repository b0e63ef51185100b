package dev.callout.store.prompts;

import dev.callout.store.sql.SqlText;
import dev.callout.store.sql.Transactions;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** Tables {@code prompt_files} and {@code prompt_file_parts}: files that were uploaded for prompts. */
public final class PromptFileRows {

    /** Bytes of a part. A packet of any server can hold it, even if each byte must be escaped. */
    public static final int PART = 256 << 10;

    private static final String ALL = SqlText.of("prompt_files/all");
    private static final String ONE_PART = SqlText.of("prompt_files/part");

    private final Transactions transactions;

    /** @param dataSource the database */
    public PromptFileRows(DataSource dataSource) {
        this.transactions = new Transactions(dataSource);
    }

    /**
     * An uploaded file.
     *
     * @param key    {@code i_prompt_file}
     * @param sha256 of its content, in hexadecimal digits
     * @param bytes  its length
     */
    public record Row(long key, String sha256, long bytes) {}

    /** Returns all files. */
    public List<Row> all() throws SQLException {
        return transactions.run(jdbc -> jdbc.query(
                ALL,
                (row, number) -> new Row(row.getLong("i_prompt_file"), row.getString("sha256"), row.getLong("bytes"))));
    }

    /**
     * Writes the content of a file, part by part.
     *
     * @param  key         {@code i_prompt_file}
     * @throws IOException if it cannot be written
     */
    public void content(long key, OutputStream out) throws SQLException, IOException {
        for (int number = 1; ; number++) {
            Map<String, Object> sought = Map.of("key", key, "part", number);
            List<byte[]> part = transactions.run(jdbc -> jdbc.queryForList(ONE_PART, sought, byte[].class));
            if (part.isEmpty()) {
                return;
            }
            out.write(part.get(0));
        }
    }
}
