package dev.callout.store.preview;

import dev.callout.store.sql.SqlTemplate;
import dev.callout.store.sql.SqlText;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import javax.sql.DataSource;

/**
 * Shows which numbers a campaign would call if it dialled at an instant. It first reads the keys, in eight
 * bytes of memory each, and then judges the rows in parts, so it holds neither a lock nor a read view for long. Each part
 * is judged as it is when it is read.
 */
public final class NumberPreview {

    private static final int AT_ONCE = 1000;

    private final DataSource dataSource;
    private final PreviewTerms terms;
    private final LongSupplier nanoTime;
    /** Takes the outlook of a number. */
    @FunctionalInterface
    public interface Each<E extends Exception> {
        void take(Previewed number) throws E;
    }

    /**
     * How far a preview has come.
     *
     * @param rows   how many numbers the campaign has
     * @param judged how many of them were judged within the time
     */
    public record Extent(long rows, long judged) {
        /** Whether all were judged. */
        public boolean isComplete() {
            return judged >= rows;
        }
    }

    /**
     * @param dataSource the database
     * @param nanoTime   the monotonic clock in nanoseconds
     */
    public NumberPreview(DataSource dataSource, PreviewTerms terms, LongSupplier nanoTime) {
        this.dataSource = dataSource;
        this.terms = terms;
        this.nanoTime = nanoTime;
    }

    /**
     * Judges all numbers, in the order of their keys.
     *
     * @param longest after this time it ends, wherever it is
     */
    public <E extends Exception> Extent each(Duration longest, Each<E> each) throws SQLException, E {
        long begun = nanoTime.getAsLong();
        long[] rows = keys("preview-rows", Map.of("campaign", terms.campaign().id()));
        int judged = 0;
        while (judged < rows.length && nanoTime.getAsLong() - begun < longest.toNanos()) {
            int end = Math.min(judged + AT_ONCE, rows.length);
            for (Previewed number : judge(
                    LongStream.of(rows).skip(judged).limit(end - judged).boxed().toList())) {
                each.take(number);
            }
            judged = end;
        }
        return new Extent(rows.length, judged);
    }

    /**
     * Judges the numbers that are written so, or are known to mean this telephone.
     *
     * @param number as it is written
     * @param e164   the telephone that it means; null: it means none
     */
    public List<Previewed> of(String number, String e164) throws SQLException {
        long campaign = terms.campaign().id();
        LongStream written = LongStream.of(keys("preview-find", Map.of("campaign", campaign, "number", number)));
        LongStream meant = e164 == null || terms.campaign().country() == null
                ? LongStream.empty()
                : LongStream.of(keys("preview-find-telephone", Map.of("campaign", campaign, "number", e164)));
        List<Long> rows = LongStream.concat(written, meant).distinct().boxed().toList();
        return rows.isEmpty() ? List.of() : judge(rows);
    }

    private long[] keys(String statement, Map<String, ?> parameters) throws SQLException {
        LongStream.Builder keys = LongStream.builder();
        SqlTemplate.onOneConnection(dataSource, jdbc -> {
            jdbc.getJdbcTemplate().setFetchSize(AT_ONCE);
            jdbc.query(text(statement), parameters, row -> {
                keys.add(row.getLong(1));
            });
            return null;
        });
        return keys.build().sorted().toArray();
    }

    private List<Previewed> judge(List<Long> rows) throws SQLException {
        return SqlTemplate.onOneConnection(dataSource, jdbc -> {
            List<PreviewRow> numbers = jdbc.query(
                    text("preview"), Map.of("campaign", terms.campaign().id(), "rows", rows), PreviewRow.READER);
            PreviewPart part = new PreviewPart(jdbc, terms, this::text, numbers);
            return numbers.stream().map(part::of).toList();
        });
    }

    private String text(String statement) {
        String list = terms.campaign().destinationList();
        return list == null
                ? SqlText.of("campaign_phones/" + statement)
                : SqlText.of("destination_list/" + statement).replace("destination_list", "`" + list + "`");
    }
}
