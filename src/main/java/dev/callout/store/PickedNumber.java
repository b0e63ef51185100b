package dev.callout.store;

/**
 * A row that a claim has locked and not yet decided on.
 *
 * @param sequence its place among the fresh numbers: priority, or shuffle key
 */
record PickedNumber(long row, String cld, int callCount, String callerId, Integer duration, long sequence,
        EarlierState earlier) {

    /** @param sequenceColumn the column that fresh numbers are ordered by */
    static SqlText.Reader<PickedNumber> reader(String sequenceColumn) {
        return row -> new PickedNumber(row.getLong("i_campaign_phone"), row.getString("cld"), row.getInt("call_count"),
                row.getString("callerid"), row.getObject("duration", Integer.class), row.getLong(sequenceColumn),
                new EarlierState(row.getString("status"), EpochSeconds.instant(row, "setup_time"),
                        EpochSeconds.instant(row, "connect_time"), EpochSeconds.instant(row, "disconnect_time"),
                        EpochSeconds.instant(row, "expires"), EpochSeconds.instant(row, "next_call")));
    }
}
