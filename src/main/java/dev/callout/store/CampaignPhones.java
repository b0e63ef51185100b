package dev.callout.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import javax.sql.DataSource;

/** Table {@code campaign_phones}, the layout of the campaign application: many campaigns in one table. */
public final class CampaignPhones implements CalloutTable {
    private static final SqlText MARK_SENT = SqlText.of("campaign_phones/mark-sent");
    private static final SqlText SENT = SqlText.of("campaign_phones/sent");
    private static final SqlText GIVE_BACK = SqlText.of("campaign_phones/give-back");
    private static final SqlText RELEASE_UNSENT = SqlText.of("campaign_phones/release-unsent");
    private static final SqlText OWNERS_WITHOUT_NODE = SqlText.of("campaign_phones/owners-without-node");
    private static final SqlText LOST_CALLS = SqlText.of("campaign_phones/lost-calls");
    private static final SqlText CHANGE_OWNER = SqlText.of("campaign_phones/change-owner");
    private static final SqlText FENCE = SqlText.of("fence");
    private static final SqlText DELETE_EXPIRED_NODE = SqlText.of("delete-expired-node");
    private static final SqlText LOCK_NODE = SqlText.of("lock-node");

    private final Transactions transactions;

    /** @param dataSource the database */
    public CampaignPhones(DataSource dataSource) {
        this.transactions = new Transactions(dataSource);
    }

    @Override
    public Claim claim(ClaimOrder order) throws SQLException, LeaseLostException {
        return transactions.run(connection -> new ClaimTransaction(connection, order).run());
    }

    @Override
    public Set<String> markSent(String owner, List<SentMark> marks) throws SQLException {
        if (marks.isEmpty()) {
            return Set.of();
        }
        Map<String, String> batch = Map.of("owner", owner, "batch", JsonBatch.of(marks, CampaignPhones::members));
        return transactions.run(connection -> MARK_SENT.update(connection, batch) == marks.size()
                ? marks.stream().map(SentMark::callUuid).collect(Collectors.toSet())
                : new HashSet<>(SENT.query(connection, batch, row -> row.getString(1))));
    }

    private static Map<String, Object> members(SentMark mark) {
        Map<String, Object> members = new HashMap<>();
        members.put("id", mark.row());
        members.put("call", mark.callUuid());
        members.put("number", mark.number());
        members.put("attempt", mark.attempt());
        members.put("sent", EpochSeconds.of(mark.at()));
        members.put("switch", mark.switchName());
        members.put("core", mark.coreUuid());
        members.put("expires", EpochSeconds.of(mark.expires()));
        return members;
    }

    @Override
    public void giveBack(String owner, List<GivenBack> numbers) throws SQLException {
        if (!numbers.isEmpty()) {
            String batch = JsonBatch.of(numbers, CampaignPhones::members);
            transactions.run(connection -> GIVE_BACK.update(connection, Map.of("owner", owner, "batch", batch)));
        }
    }

    private static Map<String, Object> members(GivenBack number) {
        EarlierState earlier = number.earlier();
        Map<String, Object> members = new HashMap<>();
        members.put("id", number.row());
        members.put("call", number.callUuid());
        members.put("attempt", number.attempt());
        members.put("status", earlier.status());
        members.put("setup", EpochSeconds.of(earlier.setup()));
        members.put("connect", EpochSeconds.of(earlier.connect()));
        members.put("disconnect", EpochSeconds.of(earlier.disconnect()));
        members.put("expires", EpochSeconds.of(earlier.expires()));
        members.put("next_call", EpochSeconds.of(number.nextCall()));
        return members;
    }

    @Override
    public int releaseUnsent(String owner) throws SQLException {
        return transactions.run(connection -> RELEASE_UNSENT.update(connection, Map.of("owner", owner)));
    }

    @Override
    public Set<String> ownersWithoutNode() throws SQLException {
        return new HashSet<>(transactions.run(
                connection -> OWNERS_WITHOUT_NODE.query(connection, Map.of(), row -> row.getString(1))));
    }

    @Override
    public TakenOver takeOver(String lost, String newOwner, Duration margin) throws SQLException, LeaseLostException {
        return transactions.run(connection -> {
            if (FENCE.query(connection, Map.of("owner", newOwner), row -> row.getString(1)).isEmpty()) {
                throw new LeaseLostException(newOwner);
            }
            DELETE_EXPIRED_NODE.update(connection, Map.of("lost", lost, "margin", EpochSeconds.of(margin)));
            if (!LOCK_NODE.query(connection, Map.of("lost", lost), row -> row.getString(1)).isEmpty()) {
                return new TakenOver(0, List.of());
            }
            int givenBack = RELEASE_UNSENT.update(connection, Map.of("owner", lost));
            List<LostCall> calls = LOST_CALLS.query(connection, Map.of("owner", lost), CampaignPhones::lostCall);
            CHANGE_OWNER.update(connection, Map.of("lost", lost, "newOwner", newOwner));
            return new TakenOver(givenBack, calls);
        });
    }

    private static LostCall lostCall(ResultSet row) throws SQLException {
        String recorded = row.getString("recorded_status");
        return new LostCall(row.getLong("i_campaign_phone"), row.getLong("i_campaign"), row.getString("cld"),
                row.getString("call_uuid"), row.getInt("call_count"), row.getString("call_switch"), row.getString("core_uuid"),
                EpochSeconds.instant(row, "setup_time"), EpochSeconds.instant(row, "connect_time"),
                EpochSeconds.instant(row, "expires"),
                recorded == null ? null : new LostCall.Recorded(recorded, row.getString("recorded_cause"),
                        EpochSeconds.instant(row, "recorded_connect"), EpochSeconds.instant(row, "recorded_disconnect")));
    }
}
