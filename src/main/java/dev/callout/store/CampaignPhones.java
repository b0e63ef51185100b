package dev.callout.store;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import javax.sql.DataSource;

/** Table {@code campaign_phones}, the layout of the campaign application: many campaigns in one table. */
public final class CampaignPhones implements CalloutTable {
    private final DataSource dataSource;

    /** @param dataSource the database */
    public CampaignPhones(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public Claim claim(ClaimOrder order) throws SQLException, LeaseLostException {
        throw new UnsupportedOperationException(dataSource.toString());
    }

    @Override
    public Set<String> markSent(String owner, List<SentMark> marks) throws SQLException {
        throw new UnsupportedOperationException();
    }

    @Override
    public void giveBack(String owner, List<GivenBack> numbers) throws SQLException {
        throw new UnsupportedOperationException();
    }

    @Override
    public int releaseUnsent(String owner) throws SQLException {
        throw new UnsupportedOperationException();
    }

    @Override
    public Set<String> ownersWithoutNode() throws SQLException {
        throw new UnsupportedOperationException();
    }

    @Override
    public TakenOver takeOver(String lost, String newOwner, Duration margin) throws SQLException, LeaseLostException {
        throw new UnsupportedOperationException();
    }
}
