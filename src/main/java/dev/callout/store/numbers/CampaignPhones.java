package dev.callout.store.numbers;

import java.util.List;
import java.util.function.LongSupplier;

import javax.sql.DataSource;

import dev.callout.store.sql.SqlText;

/** Table {@code campaign_phones}, the layout of the campaign application: many campaigns in one table. */
public final class CampaignPhones extends SqlCalloutTable {

    /** @param dataSource the database */
    public CampaignPhones(DataSource dataSource) {
        this(dataSource, System::nanoTime);
    }

    /** The same with a monotonic clock of the caller's, for tests. */
    CampaignPhones(DataSource dataSource, LongSupplier nanoTime) {
        super(dataSource, file -> SqlText.of("campaign_phones/" + file), (connection, terms, now, limit) -> List.of(),
                nanoTime);
    }
}
