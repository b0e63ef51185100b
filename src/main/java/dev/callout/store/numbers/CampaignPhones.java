package dev.callout.store.numbers;

import dev.callout.store.claim.ClaimCursor;
import dev.callout.store.claim.ClaimOrder;
import dev.callout.store.claim.PickStatement;
import dev.callout.store.claim.RetryTerms;
import dev.callout.store.sql.EpochSeconds;
import dev.callout.store.sql.SqlText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** Table {@code campaign_phones}, the layout of the campaign application: many campaigns in one table. */
public final class CampaignPhones extends SqlCalloutTable {
    private static final PickStatement PICK_DUE_UTC =
            new PickStatement(CampaignPhones::statement, "pick-due-utc", "priority");

    /** @param dataSource the database */
    public CampaignPhones(DataSource dataSource) {
        this(dataSource, System::nanoTime);
    }

    /** The same with a monotonic clock supplied by the caller, for tests. */
    CampaignPhones(DataSource dataSource, LongSupplier nanoTime) {
        super(dataSource, "", CampaignPhones::statement, CampaignPhones::pickOurs, nanoTime);
    }

    @Override
    public String list() {
        return null;
    }

    private static String statement(String file) {
        return SqlText.of("campaign_phones/" + file);
    }

    /**
     * Retries whose {@code next_call} was written by Callout. They come after those whose {@code next_call} somebody
     * else wrote. The latter become Callout's when they are called. In the other order, an endless campaign might never
     * come to them.
     */
    private static List<ClaimCursor.Leftover> pickOurs(
            NamedParameterJdbcTemplate jdbc,
            ClaimOrder order,
            RetryTerms terms,
            ClaimCursor.Leftover after,
            int limit) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("campaign", order.campaign());
        parameters.put(
                "from",
                EpochSeconds.of(after == null ? null : after.number().earlier().nextCall()));
        parameters.put("now", EpochSeconds.of(order.now()));
        parameters.put("limit", limit);
        return PICK_DUE_UTC.pick(jdbc, order, parameters).stream()
                .map(number -> new ClaimCursor.Leftover(0, number))
                .toList();
    }
}
